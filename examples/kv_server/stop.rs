//! Ending in good order.

use async_channel::{Receiver, Sender};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::low_level::pipe;
use state_future::runtime::io::AsyncReadExt;
use state_future::runtime::net::UnixStream;
use state_future::state_future;
use std::convert::Infallible;
use std::io;
use std::os::unix::net as blocking;

/// Tells every part of the server that it is to end, when it is dropped.
pub struct Stopper {
    _channel: Sender<Infallible>,
}

/// Learns that the server is to end.
#[derive(Clone)]
pub struct Stop(Receiver<Infallible>);

/// A stopper, and what it stops.
pub fn stopper() -> (Stopper, Stop) {
    let (sender, receiver) = async_channel::bounded(1);
    (Stopper { _channel: sender }, Stop(receiver))
}

impl Stop {
    /// Waits until the server is to end.
    #[state_future]
    pub async fn requested(&self) {
        // Nothing is ever sent: it ends when the stopper is gone.
        let Err(_) = self.0.recv().await;
    }
}

/// What a signal comes through.
pub struct Interrupts(UnixStream);

impl Interrupts {
    /// From now on SIGINT and SIGTERM do not end the process.
    pub fn catch() -> io::Result<Self> {
        let (ours, theirs) = blocking::UnixStream::pair()?;
        pipe::register(SIGINT, theirs.try_clone()?)?;
        pipe::register(SIGTERM, theirs)?;
        Ok(Self(ours.try_into()?))
    }

    /// Waits for a signal.
    #[state_future]
    pub async fn next(&mut self) -> io::Result<()> {
        self.0.read_exact(&mut [0]).await
    }
}
