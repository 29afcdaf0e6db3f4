//! Sockets: TCP, UDP and those of Unix.
//!
//! Streams speak the `futures-io` traits, by value and by shared reference, so that one task may read what another
//! writes. At most one task should read and one write at a time, or their bytes mix.
//!
//! ```
//! use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
//! use runtime_lite::net::{TcpListener, TcpStream};
//! use runtime_lite::{block_on, try_join};
//!
//! # fn main() -> std::io::Result<()> {
//! block_on(async {
//!     let listener = TcpListener::bind("127.0.0.1:0").await?;
//!     let address = listener.local_addr()?;
//!     let (mut client, (mut server, _)) = try_join!(TcpStream::connect(address), listener.accept())?;
//!     client.write_all(b"hello").await?;
//!     client.close().await?;
//!     let mut text = String::new();
//!     server.read_to_string(&mut text).await?;
//!     assert_eq!(text, "hello");
//!     Ok(())
//! })
//! # }
//! ```

mod address;
mod operation;
mod socket;
mod split;
mod stream;
mod tcp;
mod udp;
mod unix;

pub use address::Address;
pub use split::{OwnedReadHalf, OwnedWriteHalf, ReadHalf, WriteHalf};
pub use tcp::{Accept, Bind, Connect, TcpListener, TcpStream};
pub use udp::{Recv, RecvFrom, Send, SendTo, UdpBind, UdpSocket};
pub use unix::{
    UnixAccept, UnixConnect, UnixDatagram, UnixListener, UnixRecv, UnixSend, UnixStream,
};
