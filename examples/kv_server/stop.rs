//! Signals, and ending in good order.

use async_channel::{Receiver, Sender};
use signal_hook::low_level::pipe;
use state_future::runtime::io::AsyncReadExt;
use state_future::runtime::net::UnixStream;
use state_future::state_future;
use std::convert::Infallible;
use std::ffi::c_int;
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

/// What signals come through.
pub struct Signals(UnixStream);

impl Signals {
    /// From now on these signals come here, and do not end the process.
    pub fn catch(signals: &[c_int]) -> io::Result<Self> {
        let (ours, theirs) = blocking::UnixStream::pair()?;
        for &signal in signals {
            pipe::register(signal, theirs.try_clone()?)?;
        }
        Ok(Self(ours.try_into()?))
    }

    /// Waits for one of the signals.
    #[state_future]
    pub async fn next(&mut self) -> io::Result<()> {
        self.0.read_exact(&mut [0]).await
    }
}
