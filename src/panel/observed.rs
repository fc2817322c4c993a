//! Which values are observed, a bit each from the lowest of the first byte on, as Arrow has it.

use super::dispatch::{Work, widest};

/// The values that are compared at a time.
const STEP: usize = 64;
/// Eight bytes of 0 or 1 times this have the bits of these bytes, in order, on top.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// The bits of some values; nothing where all are observed.
#[must_use]
pub fn observed(values: &[f64]) -> Option<Vec<u8>> {
    let mut bits = vec![0; values.len().div_ceil(8)];
    let all = widest(Bits(values, &mut bits));
    (!all).then_some(bits)
}

/// The values, and the bits, which are filled; gives whether all are observed.
struct Bits<'a>(&'a [f64], &'a mut [u8]);

impl Work for Bits<'_> {
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let mut seen = 0;
        for (values, bits) in self.0.chunks(STEP).zip(self.1.chunks_mut(STEP / 8)) {
            let mut flags = [0_u8; STEP];
            for (flag, v) in flags.iter_mut().zip(values) {
                *flag = u8::from(!v.is_nan());
            }
            for (byte, eight) in bits.iter_mut().zip(flags.as_chunks::<8>().0) {
                *byte = (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56).to_le_bytes()[0];
                seen += byte.count_ones() as usize;
            }
        }
        seen == self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::observed;

    #[test]
    fn a_bit_a_value() {
        for len in 0..140 {
            let whole = vec![f64::INFINITY; len];
            assert_eq!(observed(&whole), None);
            for missing in 0..len {
                let mut values = whole.clone();
                values[missing] = f64::NAN;
                let bits = observed(&values).unwrap_or_default();
                assert_eq!(bits.len(), len.div_ceil(8));
                for at in 0..bits.len() * 8 {
                    assert_eq!(bits[at / 8] >> (at % 8) & 1 == 1, at < len && at != missing);
                }
            }
        }
    }
}
