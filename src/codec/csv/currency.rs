//! Currencies as they are written beside numbers.

/// A currency as far as a cell tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CurrencyMark {
    /// An ISO 4217 code in capitals, written as such or by a sign only one currency has.
    Code(String),
    /// A sign that several currencies share: `$`, `¥`, `kr`, `Rs`, `Fr`.
    Symbol(String),
}

/// Signs that only one currency has, with its code. A sign that ends another one stands
/// after it.
const OWN_SIGNS: &str = "US$=USD AU$=AUD CA$=CAD NZ$=NZD HK$=HKD MX$=MXN NT$=TWD CN¥=CNY JP¥=JPY A$=AUD C$=CAD S$=SGD R$=BRL €=EUR £=GBP ₹=INR ₽=RUB ₺=TRY ₩=KRW ₪=ILS ₫=VND ₴=UAH ₦=NGN ₱=PHP ฿=THB ₸=KZT ₡=CRC ₵=GHS ₲=PYG ₾=GEL ₼=AZN ֏=AMD zł=PLN Kč=CZK Ft=HUF лв.=BGN лв=BGN 元=CNY 円=JPY";

/// Signs that several currencies share.
const SHARED_SIGNS: [&str; 7] = ["$", "¥", "kr.", "kr", "Rs.", "Rs", "Fr."];

/// Active codes of ISO 4217.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
    BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN \
    ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK \
    JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR \
    PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL \
    THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG \
    XOF XPF YER ZAR ZMW ZWG";

/// A currency at the start of `text`, and what follows it.
pub(super) fn in_front(text: &str) -> Option<(CurrencyMark, &str)> {
    // Almost every cell begins and ends with a digit.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let code = text
        .split_at_checked(3)
        .and_then(|(code, rest)| Some((code_mark(code)?, rest)));
    let sign = || signs().find_map(|sign| Some((sign.mark(), text.strip_prefix(sign.text)?)));
    code.or_else(sign)
}

/// A currency at the end of `text`, and what precedes it.
pub(super) fn behind(text: &str) -> Option<(CurrencyMark, &str)> {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let code = text
        .split_at_checked(text.len().checked_sub(3)?)
        .and_then(|(rest, code)| Some((code_mark(code)?, rest)));
    let sign = || signs().find_map(|sign| Some((sign.mark(), text.strip_suffix(sign.text)?)));
    code.or_else(sign)
}

/// A sign and the code it stands for, `None` when there are several.
struct Sign {
    text: &'static str,
    code: Option<&'static str>,
}

impl Sign {
    fn mark(&self) -> CurrencyMark {
        match self.code {
            Some(code) => CurrencyMark::Code(code.to_owned()),
            None => CurrencyMark::Symbol(self.text.trim_end_matches('.').to_owned()),
        }
    }
}

fn signs() -> impl Iterator<Item = Sign> {
    let own = OWN_SIGNS.split_ascii_whitespace().filter_map(|pair| {
        let (text, code) = pair.split_once('=')?;
        let code = Some(code);
        Some(Sign { text, code })
    });
    own.chain(SHARED_SIGNS.iter().map(|text| Sign { text, code: None }))
}

fn code_mark(code: &str) -> Option<CurrencyMark> {
    let upper = code.to_ascii_uppercase();
    let is_code = upper.bytes().all(|byte| byte.is_ascii_uppercase())
        && CODES.split_ascii_whitespace().any(|known| known == upper);
    is_code.then_some(CurrencyMark::Code(upper))
}
