//! Reading lines.

use state_future::runtime::io::AsyncReadExt;
use state_future::runtime::net::TcpStream;
use state_future::state_future;
use std::io;

/// The longest line.
const MAX_LINE: usize = 4096;

/// Cuts what comes in into lines.
pub struct Lines<'a> {
    stream: &'a TcpStream,
    buffer: Vec<u8>,
}

impl<'a> Lines<'a> {
    pub fn new(stream: &'a TcpStream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    /// The next line without its end; `None` at the end of the stream.
    ///
    /// Nothing is lost if the future is dropped: what was read of a line waits in the buffer.
    ///
    /// # Errors
    /// If reading fails, or a line is too long.
    #[state_future]
    pub async fn next(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()));
            }
            if self.buffer.len() > MAX_LINE {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let mut piece = [0; 512];
            match self.stream.read(&mut piece).await? {
                0 => return Ok(None),
                count => self.buffer.extend_from_slice(&piece[..count]),
            }
        }
    }
}
