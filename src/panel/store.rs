//! Where results are put: streaming stores beyond the cache, and places that tasks share without meeting.

use super::cancel::Cancel;
use super::threads;
use crate::error::Result;
use crate::number::Number;
use std::ops::Range;

/// An output that several tasks fill, each at positions of its own.
pub(super) struct Shared<'a, T> {
    start: *mut T,
    len: usize,
    lifetime: std::marker::PhantomData<&'a mut [T]>,
}

// SAFETY: a `Shared` only writes, and its user promises that no position is written by two tasks.
unsafe impl<T: Send> Sync for Shared<'_, T> {}

impl<'a, T: Copy> Shared<'a, T> {
    pub(super) fn new(out: &'a mut [T]) -> Self {
        Self { start: out.as_mut_ptr(), len: out.len(), lifetime: std::marker::PhantomData }
    }

    /// Writes one value; positions beyond the end are left alone.
    ///
    /// # Safety
    /// No other task may write this position.
    #[inline]
    pub(super) unsafe fn put(&self, position: usize, value: T) {
        if position < self.len {
            // SAFETY: within bounds, and the caller's promise.
            unsafe { self.start.add(position).write(value) };
        }
    }

    /// Has the processor fetch a range that is written soon.
    #[inline]
    pub(super) fn prefetch(&self, range: Range<usize>) {
        fetch(self.start, self.len, range);
    }

    /// A range of the output, empty where it would pass the end.
    ///
    /// # Safety
    /// No other task may hold or write a position of this range.
    #[allow(clippy::mut_from_ref)]
    pub(super) unsafe fn range(&self, start: usize, len: usize) -> &mut [T] {
        if start.checked_add(len).is_none_or(|end| end > self.len) {
            return &mut [];
        }
        // SAFETY: within bounds, and the caller's promise.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(start), len) }
    }
}

/// Fills an output in stretches of `len`, each by one task: `fill` has the place of a stretch and the stretch itself.
///
/// # Errors
/// The call was interrupted.
pub(super) fn stretches<T: Copy + Send, R: Send + Sync>(
    out: &mut [T],
    len: usize,
    cancel: &Cancel<'_>,
    fill: &(dyn Fn(usize, &mut [T]) -> R + Sync),
) -> Result<Vec<R>> {
    let size = out.len();
    let out = Shared::new(out);
    threads::collect(size.div_ceil(len.max(1)), size, cancel, &|task| {
        let start = task * len;
        // SAFETY: tasks are disjoint ranges.
        fill(start, unsafe { out.range(start, len.min(size - start)) })
    })
}

/// Has the processor fetch a range of values that is read soon, as far as there are any: of several columns beside each
/// other it does not foresee all.
#[inline]
pub(super) fn prefetch<T>(values: &[T], range: Range<usize>) {
    fetch(values.as_ptr(), values.len(), range);
}

/// Has the processor fetch what there is of a range of so many values.
#[inline]
fn fetch<T>(values: *const T, len: usize, range: Range<usize>) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let (start, end) = (size_of::<T>() * range.start, size_of::<T>() * range.end.min(len));
        for byte in (start..end).step_by(64) {
            // SAFETY: SSE belongs to every x86-64, and nothing is read.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(values.cast::<i8>().wrapping_add(byte)) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, len, range);
}

/// How a number type is copied into an output that will not be read soon.
pub trait Store: Number {
    /// Copies `source` to `out`, which are equally long, past the cache where that is possible.
    fn stream(source: &[Self], out: &mut [Self]) {
        out.copy_from_slice(source);
    }

    /// Orders streamed stores before whatever follows; to be called once at the end.
    fn finish() {}
}

impl Store for crate::number::Decimal {}
impl<N: crate::number::Endpoint> Store for crate::number::Interval<N> {}

impl Store for f64 {
    #[cfg(target_arch = "x86_64")]
    fn stream(source: &[Self], out: &mut [Self]) {
        use std::arch::x86_64::{_mm_loadu_pd, _mm_stream_pd};
        let head = out.as_ptr().align_offset(64).min(out.len());
        let (first, rest) = out.split_at_mut(head);
        let (before, source) = source.split_at(head.min(source.len()));
        first.copy_from_slice(before);
        // A cache line at a time: a line that is filled at once leaves at once.
        let (mut to, mut from) = (rest.chunks_exact_mut(8), source.chunks_exact(8));
        for (to, from) in to.by_ref().zip(from.by_ref()) {
            for k in [0, 2, 4, 6] {
                // SAFETY: both hold eight values, `to` begins on a cache line, and SSE2 belongs to every x86-64.
                unsafe { _mm_stream_pd(to.as_mut_ptr().add(k), _mm_loadu_pd(from.as_ptr().add(k))) };
            }
        }
        to.into_remainder().copy_from_slice(from.remainder());
    }

    #[cfg(target_arch = "x86_64")]
    fn finish() {
        // SAFETY: SSE belongs to every x86-64.
        unsafe { std::arch::x86_64::_mm_sfence() };
    }
}
