//! Reading and writing the file of a release; every error names the entry and the line.

use super::release::{Claim, Figure, Head, Placed, Release};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The largest file that is read: a release has hundreds of entries, not megabytes.
const MOST_BYTES: usize = 4_000_000;

/// The most figures and claims together.
const MOST_ENTRIES: usize = 20_000;

/// The tree as TOML holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlTree {
    #[serde(default)]
    release: Head,
    #[serde(default)]
    figure: Vec<toml::Spanned<Figure>>,
    #[serde(default)]
    claim: Vec<toml::Spanned<Claim>>,
}

/// The tree as JSON holds it; the raw texts tell where each entry stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonTree<'a> {
    #[serde(borrow, default)]
    release: Option<&'a RawValue>,
    #[serde(borrow, default)]
    figure: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    claim: Vec<&'a RawValue>,
}

/// The tree as it is written.
#[derive(Serialize)]
struct Tree<'a> {
    release: &'a Head,
    figure: Vec<&'a Figure>,
    claim: Vec<&'a Claim>,
}

impl Release {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// Names the entry and the line.
    pub fn from_toml(bytes: &[u8]) -> Result<Self> {
        let text = text_of(bytes)?;
        let tree: TomlTree = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |s| line_of(text, s.start));
            let entry = entry_at(text, line);
            let written = e.span().and_then(|s| text.get(s)).unwrap_or_default();
            Error::invalid(format!("{}{}", place(line, &entry), as_written(&one_line(e.message()), written)))
        })?;
        Self { head: tree.release, figures: placed(tree.figure, text), claims: placed(tree.claim, text) }
            .checked()
    }

    /// Reads the same tree as JSON; with `lines`, errors give the line of the text.
    ///
    /// # Errors
    /// Names the entry and the line.
    pub fn from_json(bytes: &[u8], lines: bool) -> Result<Self> {
        let text = text_of(bytes)?;
        let fail = |e: &serde_json::Error, part: &str, line: usize, entry: &str| {
            let line = if lines { line + e.line() } else { 0 };
            let message = e.to_string();
            let message = one_line(message.split(" at line ").next().unwrap_or_default());
            // The error stands behind the number.
            let read = part.lines().nth(e.line().saturating_sub(1)).and_then(|l| l.get(..e.column()));
            let number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
            let written = read.and_then(|r| r.rsplit(|c| !number(c)).find(|t| !t.is_empty()));
            Error::invalid(format!(
                "{}{}",
                place(line, entry),
                as_written(&message, written.unwrap_or_default())
            ))
        };
        let tree: JsonTree = serde_json::from_str(text).map_err(|e| fail(&e, text, 0, ""))?;
        let head_line = |raw: &RawValue| raw_line(text, raw.get());
        let head = match tree.release {
            Some(raw) => serde_json::from_str(raw.get())
                .map_err(|e| fail(&e, raw.get(), head_line(raw) - 1, "the head of the release"))?,
            None => Head::default(),
        };
        let mut out = Self { head, ..Self::default() };
        for (i, raw) in tree.figure.iter().enumerate() {
            let line = head_line(raw);
            let entry = serde_json::from_str(raw.get())
                .map_err(|e| fail(&e, raw.get(), line - 1, &format!("figure {}", i + 1)))?;
            out.figures.push(Placed { entry, line: if lines { line } else { 0 } });
        }
        for (i, raw) in tree.claim.iter().enumerate() {
            let line = head_line(raw);
            let entry = serde_json::from_str(raw.get())
                .map_err(|e| fail(&e, raw.get(), line - 1, &format!("claim {}", i + 1)))?;
            out.claims.push(Placed { entry, line: if lines { line } else { 0 } });
        }
        out.checked()
    }

    fn checked(self) -> Result<Self> {
        match self.figures.len() + self.claims.len() {
            0 => Err(Error::invalid("the release is empty: it needs at least one [[figure]] or [[claim]]")),
            n if n > MOST_ENTRIES => Err(Error::invalid(format!(
                "the release has {n} entries; at most {MOST_ENTRIES} are audited together"
            ))),
            _ => Ok(self),
        }
    }

    fn tree(&self) -> Tree<'_> {
        Tree {
            release: &self.head,
            figure: self.figures.iter().map(|p| &p.entry).collect(),
            claim: self.claims.iter().map(|p| &p.entry).collect(),
        }
    }

    /// The release as JSON.
    ///
    /// # Errors
    /// None is known; the type is that of the serializer.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(&self.tree()).map_err(|e| Error::invalid(e.to_string()))
    }

    /// The release as TOML.
    ///
    /// # Errors
    /// None is known; the type is that of the serializer.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(&self.tree()).map_err(|e| Error::invalid(e.to_string()))
    }
}

/// "line 17, claim 2: ", as far as both are known.
#[must_use]
pub fn place(line: usize, entry: &str) -> String {
    match (line, entry) {
        (0, "") => String::new(),
        (0, entry) => format!("{entry}: "),
        (line, "") => format!("line {line}: "),
        (line, entry) => format!("line {line}, {entry}: "),
    }
}

fn text_of(bytes: &[u8]) -> Result<&str> {
    if bytes.len() > MOST_BYTES {
        let size = bytes.len() / 100_000;
        return Err(Error::invalid(format!(
            "the file has {}.{} MB; a release file has at most {} MB",
            size / 10,
            size % 10,
            MOST_BYTES / 1_000_000
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Error::invalid(format!("the file is not text: byte {} is not UTF-8", e.valid_up_to() + 1))
    })?;
    if let Some(at) = text.find('\0') {
        return Err(Error::invalid(format!("the file is not text: byte {} is zero", at + 1)));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn placed<T>(list: Vec<toml::Spanned<T>>, text: &str) -> Vec<Placed<T>> {
    list.into_iter().map(|s| Placed { line: line_of(text, s.span().start), entry: s.into_inner() }).collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// The line of a part of the text, found by its address: serde hands out slices of the input.
fn raw_line(text: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    line_of(text, at.min(text.len()))
}

/// "claim 2" for the entry whose header stands last at or before the line.
fn entry_at(text: &str, line: usize) -> String {
    let (mut figures, mut claims, mut now) = (0, 0, String::new());
    for l in text.lines().take(line) {
        match l.trim() {
            h if h.starts_with("[[figure]]") => {
                figures += 1;
                now = format!("figure {figures}");
            }
            h if h.starts_with("[[claim]]") => {
                claims += 1;
                now = format!("claim {claims}");
            }
            h if h.starts_with("[release]") => now = "the head of the release".into(),
            _ => {}
        }
    }
    now
}

/// The sentence about a bare number with its digits as they stand in the file: a reader of numbers drops zeros.
fn as_written(message: &str, written: &str) -> String {
    let Some(rest) = message.strip_prefix("the bare number ") else { return message.into() };
    let Some((number, rest)) = rest.split_once(' ') else { return message.into() };
    let same =
        matches!((written.parse::<f64>(), number.parse::<f64>()), (Ok(a), Ok(b)) if a.total_cmp(&b).is_eq());
    let number = if same { written } else { number };
    let rest = rest.split_once('"').map_or(rest, |(head, _)| head);
    format!("the bare number {number} {rest}\"{number}\", with every printed digit")
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> String {
        Release::from_toml(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_the_entry_and_the_line() {
        let head = "[release]\ntitle = \"t\"\n[[figure]]\nitem = \"a@2024\"\n";
        assert_eq!(
            fails(&format!("{head}value = 2.593\n")),
            "line 5, figure 1: the bare number 2.593 stands where a string is meant; write \"2.593\", with every \
             printed digit"
        );
        assert!(
            fails(&format!("{head}value = \"1\"\nscal = \"one\"\n"))
                .starts_with("line 6, figure 1: unknown field `scal`")
        );
        assert!(fails(&format!("{head}value = 3.50 # as printed\n")).contains("number 3.50 stands"));
        assert!(fails(&format!("{head}value = 3.50\n")).contains("write \"3.50\", with every"));
        assert!(
            fails(&format!("{head}value = {{ a = 1 }}\n")).contains("a table stands where a string is meant")
        );
        assert!(fails(head).contains("figure 1"));
        assert!(fails("").contains("empty"));
        assert!(fails("[release]\nmeasure = \"flows\"\n").starts_with("line 2, the head of the release: "));
        assert!(fails("what is this").starts_with("line 1"));
        assert!(Release::from_toml(&[0xff, 0xfe, 0]).unwrap_err().to_string().contains("not text"));
        assert!(Release::from_toml(&vec![b' '; 10_000_000]).unwrap_err().to_string().contains("10.0 MB"));
    }

    #[test]
    fn a_date_may_stand_without_quotes() {
        let entry = "[[figure]]\nitem = \"a@2024\"\nvalue = \"1\"\n";
        let text = format!("[release]\npublished = 2024-05-18\n{entry}");
        let release = Release::from_toml(text.as_bytes()).unwrap();
        assert_eq!(release.head.published.unwrap().0, "2024-05-18");
    }

    #[test]
    fn json_is_the_same_tree() {
        let toml = "[release]\nunit = \"USD\"\n[[figure]]\nitem = \"a@2024\"\nvalue = \"2.50\"\n[[claim]]\nkind = \
                    \"total\"\nof = \"a@2024\"\nparts = [\"b@2024\", \"-c@2024\"]\n";
        let release = Release::from_toml(toml.as_bytes()).unwrap();
        let mut json = Release::from_json(release.to_json().unwrap().as_bytes(), true).unwrap();
        assert_eq!(json.head, release.head);
        assert_eq!(json.figures[0].entry, release.figures[0].entry);
        assert!(json.figures[0].line > 1);
        json.figures[0].line = 3;
        let again = Release::from_toml(release.to_toml().unwrap().as_bytes()).unwrap();
        assert_eq!(again.claims[0].entry, release.claims[0].entry);
        let e = Release::from_json(b"{\n\"figure\": [\n{\"item\": \"a@2024\",\n \"value\": 2.5}]}", true)
            .unwrap_err();
        assert!(e.to_string().starts_with("line 4, figure 1: the bare number 2.5"), "{e}");
        let e =
            Release::from_json(b"{\"figure\": [{\"item\": \"a@2024\", \"value\": 3.50}]}", true).unwrap_err();
        assert!(e.to_string().ends_with("write \"3.50\", with every printed digit"), "{e}");
    }
}
