//! Writing replies.

use std::fmt::Display;
use std::io::Write;

/// The protocol's version, which each client chooses with HELLO.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    #[default]
    Resp2 = 2,
    Resp3 = 3,
}

/// The replies that wait to be sent.
#[derive(Default)]
pub struct Reply {
    bytes: Vec<u8>,
    pub version: Version,
}

impl Reply {
    /// What is to be sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what was sent, and gives memory back if there is much more of it than the next replies will need.
    pub fn clear(&mut self, kept_capacity: usize) {
        self.bytes.clear();
        self.bytes.shrink_to(kept_capacity);
    }

    /// A line of a type's character, a text and the end.
    fn line(&mut self, kind: char, text: impl Display) {
        write!(self.bytes, "{kind}{text}\r\n").expect("writing to memory does not fail");
    }

    /// A text without line ends, such as `OK`.
    pub fn simple(&mut self, text: &str) {
        self.line('+', text);
    }

    /// An error: a code in capitals and a text.
    pub fn error(&mut self, text: impl Display) {
        // A line end within would begin another reply.
        let text: String = text
            .to_string()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.line('-', text);
    }

    pub fn integer(&mut self, number: i64) {
        self.line(':', number);
    }

    /// Any bytes.
    pub fn bulk(&mut self, bytes: &[u8]) {
        self.line('$', bytes.len());
        self.bytes.extend_from_slice(bytes);
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// Any bytes, or their absence.
    pub fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => self.bulk(bytes),
            None => self.null(),
        }
    }

    /// A text for people to read.
    pub fn verbatim(&mut self, text: &str) {
        match self.version {
            Version::Resp2 => self.bulk(text.as_bytes()),
            Version::Resp3 => {
                self.line('=', text.len() + 4);
                self.bytes.extend_from_slice(b"txt:");
                self.bytes.extend_from_slice(text.as_bytes());
                self.bytes.extend_from_slice(b"\r\n");
            }
        }
    }

    pub fn null(&mut self) {
        self.bytes.extend_from_slice(match self.version {
            Version::Resp2 => b"$-1\r\n",
            Version::Resp3 => b"_\r\n",
        });
    }

    /// The beginning of an array; its elements are to follow.
    pub fn array(&mut self, length: usize) {
        self.line('*', length);
    }

    /// The beginning of a map; its keys and values are to follow in turns.
    pub fn map(&mut self, length: usize) {
        match self.version {
            Version::Resp2 => self.array(2 * length),
            Version::Resp3 => self.line('%', length),
        }
    }
}
