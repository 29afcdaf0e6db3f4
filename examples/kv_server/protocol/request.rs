//! Reading requests, in whatever pieces they come.

use std::fmt::{self, Display, Formatter};
use std::ops::Range;

/// The longest request.
pub const MAX_REQUEST: usize = 64 << 20;
/// The most arguments of a request.
pub const MAX_ARGUMENTS: usize = 1 << 20;
/// The longest line: a header, or a request that is written in a line.
const MAX_LINE: usize = 64 << 10;
/// A buffer that has grown larger is given back as soon as it is empty.
const KEPT_CAPACITY: usize = 64 << 10;

/// What is wrong with the input; nothing after it can be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The number of arguments is no number, or too large.
    ArgumentCount,
    /// An argument does not begin with `$`.
    NoArgument,
    /// An argument's length is no number, or too large.
    ArgumentLength,
    /// An argument is longer than it said.
    ArgumentEnd,
    /// A line does not end.
    LineTooLong,
    /// The request does not end.
    RequestTooLong,
}

impl Display for Malformed {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ArgumentCount => "invalid multibulk length",
            Self::NoArgument => "expected '$'",
            Self::ArgumentLength => "invalid bulk length",
            Self::ArgumentEnd => "expected the end of a bulk string",
            Self::LineTooLong => "too big line",
            Self::RequestTooLong => "too big request",
        })
    }
}

/// A command's name and arguments.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    bytes: &'a [u8],
    arguments: &'a [Range<usize>],
}

impl<'a> Request<'a> {
    /// How many there are, the command's name included; at least one.
    pub fn len(&self) -> usize {
        self.arguments.len()
    }

    /// The name, or an argument, the first of which has the index 1.
    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        Some(&self.bytes[self.arguments.get(index)?.clone()])
    }

    /// The arguments from an index on.
    pub fn from(&self, index: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let bytes = self.bytes;
        let arguments = self.arguments.iter().skip(index);
        arguments.map(move |range| &bytes[range.clone()])
    }
}

/// Cuts what comes in into requests.
///
/// It goes over each byte once, however small the pieces are.
#[derive(Default)]
pub struct Parser {
    buffer: Vec<u8>,
    /// Where in the buffer the current request begins. All other positions are counted from there.
    start: usize,
    /// Up to where the request was understood.
    position: usize,
    /// How many arguments were announced.
    announced: Option<usize>,
    /// The length of the argument that was announced last and has not come yet.
    awaited: Option<usize>,
    arguments: Vec<Range<usize>>,
    /// Whether the request was handed out.
    complete: bool,
}

impl Parser {
    /// Adds input.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next request; `None` if more input is needed.
    pub fn next(&mut self) -> Result<Option<Request<'_>>, Malformed> {
        loop {
            if self.complete {
                self.go_on();
            }
            if !self.read_request()? {
                self.compact();
                return Ok(None);
            }
            self.complete = true;
            // A request without so much as a name is no request.
            if !self.arguments.is_empty() {
                return Ok(Some(Request {
                    bytes: &self.buffer[self.start..],
                    arguments: &self.arguments,
                }));
            }
        }
    }

    /// Forgets the request that was handed out.
    fn go_on(&mut self) {
        self.start += self.position;
        self.position = 0;
        self.announced = None;
        self.arguments.clear();
        self.complete = false;
    }

    /// Gives up the memory of the requests before the current one.
    fn compact(&mut self) {
        self.buffer.drain(..self.start);
        self.start = 0;
        if self.buffer.is_empty() && self.buffer.capacity() > KEPT_CAPACITY {
            self.buffer = Vec::new();
        }
        if self.arguments.is_empty()
            && self.arguments.capacity() * size_of::<Range<usize>>() > KEPT_CAPACITY
        {
            self.arguments = Vec::new();
        }
    }

    /// Reads on; says whether the request is complete.
    fn read_request(&mut self) -> Result<bool, Malformed> {
        let expected = match self.announced {
            Some(expected) => expected,
            None => match self.buffer.get(self.start) {
                None => return Ok(false),
                Some(b'*') => {
                    let Some(count) = self.read_header(Malformed::ArgumentCount)? else {
                        return Ok(false);
                    };
                    let count = usize::try_from(count).unwrap_or(0);
                    if count > MAX_ARGUMENTS {
                        return Err(Malformed::ArgumentCount);
                    }
                    *self.announced.insert(count)
                }
                Some(_) => return self.read_inline(),
            },
        };
        while self.arguments.len() < expected {
            if !self.read_argument()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads one argument, length and all; says whether all of it was there.
    fn read_argument(&mut self) -> Result<bool, Malformed> {
        let length = match self.awaited {
            Some(length) => length,
            None => {
                match self.rest().first() {
                    None => return Ok(false),
                    Some(b'$') => {}
                    Some(_) => return Err(Malformed::NoArgument),
                }
                let Some(length) = self.read_header(Malformed::ArgumentLength)? else {
                    return Ok(false);
                };
                let length = usize::try_from(length).map_err(|_| Malformed::ArgumentLength)?;
                if length > MAX_REQUEST {
                    return Err(Malformed::ArgumentLength);
                }
                if self.position + length > MAX_REQUEST {
                    return Err(Malformed::RequestTooLong);
                }
                *self.awaited.insert(length)
            }
        };
        let Some(end) = self.rest().get(length..length + 2) else {
            return Ok(false);
        };
        if end != b"\r\n" {
            return Err(Malformed::ArgumentEnd);
        }
        self.arguments.push(self.position..self.position + length);
        self.position += length + 2;
        self.awaited = None;
        Ok(true)
    }

    /// Reads a request that is written in a line, with spaces between its arguments and no quotes.
    fn read_inline(&mut self) -> Result<bool, Malformed> {
        let Some(line) = self.read_line()? else {
            return Ok(false);
        };
        let bytes = &self.buffer[self.start..];
        let mut begin = line.start;
        for word in bytes[line].split(u8::is_ascii_whitespace) {
            if !word.is_empty() {
                self.arguments.push(begin..begin + word.len());
            }
            begin += word.len() + 1;
        }
        Ok(true)
    }

    /// Reads a line of one character and a number.
    fn read_header(&mut self, otherwise: Malformed) -> Result<Option<i64>, Malformed> {
        let Some(line) = self.read_line()? else {
            return Ok(None);
        };
        let digits = &self.buffer[self.start..][line][1..];
        // `parse` takes a plus sign, which the protocol does not know.
        let number = match digits.first() {
            Some(b'+') => None,
            _ => std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok()),
        };
        number.map(Some).ok_or(otherwise)
    }

    /// Reads a line; gives where it is, without its end.
    fn read_line(&mut self) -> Result<Option<Range<usize>>, Malformed> {
        let rest = self.rest();
        let Some(length) = rest.iter().take(MAX_LINE).position(|&byte| byte == b'\n') else {
            return if rest.len() < MAX_LINE {
                Ok(None)
            } else {
                Err(Malformed::LineTooLong)
            };
        };
        let text = rest[..length]
            .strip_suffix(b"\r")
            .unwrap_or(&rest[..length])
            .len();
        let line = self.position..self.position + text;
        self.position += length + 1;
        Ok(Some(line))
    }

    /// What was not understood yet.
    fn rest(&self) -> &[u8] {
        &self.buffer[self.start + self.position..]
    }
}
