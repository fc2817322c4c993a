//! Currencies: the codes of ISO 4217, and the signs and words by which amounts name them.
//!
//! A sign that several countries share ("$", "Rs", "¥") lists all their codes, the one it is taken for first; where
//! none is the usual one ("kr"), it must be said which is meant.

/// The codes of ISO 4217 in use (list one of the maintenance agency), without precious metals and funds.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Signs and words, in lower case, with the codes they may stand for.
const SIGNS: [(&str, &str); 86] = [
    ("$", "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP BRL JMD TTD BBD BSD BZD FJD GYD NAD LRD XCD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("can$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("nt$", "TWD"),
    ("r$", "BRL"),
    ("mx$", "MXN"),
    ("mex$", "MXN"),
    ("dollar", "USD AUD CAD NZD HKD SGD TWD"),
    ("dollars", "USD AUD CAD NZD HKD SGD TWD"),
    ("us dollar", "USD"),
    ("us dollars", "USD"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP EGP LBP SYP SDG SSP FKP GIP SHP"),
    ("pound", "GBP EGP LBP SYP SDG SSP FKP GIP SHP"),
    ("pounds", "GBP EGP LBP SYP SDG SSP FKP GIP SHP"),
    ("pounds sterling", "GBP"),
    ("e£", "EGP"),
    ("le", "EGP"),
    ("rs", "INR PKR LKR NPR MUR SCR"),
    ("re", "INR PKR LKR NPR MUR SCR"),
    ("₨", "PKR LKR NPR MUR SCR INR"),
    ("₹", "INR"),
    ("rupee", "INR PKR LKR NPR MUR SCR"),
    ("rupees", "INR PKR LKR NPR MUR SCR"),
    ("indian rupees", "INR"),
    ("pakistani rupees", "PKR"),
    ("pakistan rupees", "PKR"),
    ("taka", "BDT"),
    ("tk", "BDT"),
    ("৳", "BDT"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("cn¥", "CNY"),
    ("yen", "JPY"),
    ("¥", "JPY CNY"),
    ("￥", "JPY CNY"),
    ("won", "KRW KPW"),
    ("₩", "KRW KPW"),
    ("sfr", "CHF"),
    ("fr", "CHF"),
    ("swiss francs", "CHF"),
    ("ksh", "KES"),
    ("kshs", "KES"),
    ("ush", "UGX"),
    ("tsh", "TZS"),
    ("naira", "NGN"),
    ("₦", "NGN"),
    ("₵", "GHS"),
    ("gh₵", "GHS"),
    ("gh¢", "GHS"),
    ("r", "ZAR"),
    ("rand", "ZAR"),
    ("rm", "MYR"),
    ("ringgit", "MYR"),
    ("rp", "IDR"),
    ("rupiah", "IDR"),
    ("฿", "THB"),
    ("baht", "THB"),
    ("₫", "VND"),
    ("dong", "VND"),
    ("₱", "PHP"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₸", "KZT"),
    ("₾", "GEL"),
    ("₼", "AZN"),
    ("֏", "AMD"),
    ("₮", "MNT"),
    ("₡", "CRC"),
    ("₲", "PYG"),
    ("₭", "LAK"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("kr", "SEK NOK DKK ISK"),
];

/// Signs that name no currency unless it is said which.
const OPEN: [&str; 1] = ["kr"];

/// The signs by which amounts are written.
const WRITTEN: [(&str, &str); 18] = [
    ("USD", "US$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("INR", "₹"),
    ("PKR", "Rs"),
    ("JPY", "¥"),
    ("CNY", "CN¥"),
    ("BDT", "৳"),
    ("KRW", "₩"),
    ("NGN", "₦"),
    ("RUB", "₽"),
    ("TRY", "₺"),
    ("ILS", "₪"),
    ("BRL", "R$"),
    ("AUD", "A$"),
    ("CAD", "C$"),
    ("HKD", "HK$"),
    ("NZD", "NZ$"),
];

/// The code itself, if it is one; any case will do.
#[must_use]
pub fn code(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_uppercase();
    CODES.split_whitespace().find(|code| *code == word)
}

/// The codes a sign, word or code in lower case may stand for, the usual one first.
#[must_use]
pub fn codes(word: &str) -> Option<Vec<&'static str>> {
    if let Some((_, codes)) = SIGNS.iter().find(|(sign, _)| *sign == word) {
        return Some(codes.split_whitespace().collect());
    }
    code(word).map(|code| vec![code])
}

/// Whether it must be said which of its currencies a sign means.
#[must_use]
pub fn is_open(word: &str) -> bool {
    OPEN.contains(&word)
}

/// The sign by which amounts in a currency are written; its code where it has none of its own.
#[must_use]
pub fn sign(code: &str) -> &str {
    WRITTEN.iter().find(|(c, _)| *c == code).map_or(code, |(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_stands_for_codes() {
        for (sign, all) in SIGNS {
            assert_eq!(SIGNS.iter().filter(|(s, _)| *s == sign).count(), 1, "{sign}");
            assert!(all.split_whitespace().all(|c| code(c).is_some()), "{sign}: {all}");
        }
        for (c, s) in WRITTEN {
            assert!(codes(&s.to_lowercase()).unwrap().contains(&c), "{c} {s}");
        }
        assert_eq!(codes("eur"), Some(vec!["EUR"]));
        assert_eq!((codes("xyz"), sign("KES"), is_open("kr")), (None, "KES", true));
    }
}
