//! Taking in clients, and seeing them off.

use crate::connection::serve_client;
use crate::stop::Stop;
use crate::store::Store;
use state_future::runtime::net::{TcpListener, TcpStream};
use state_future::runtime::time::{interval, sleep, timeout};
use state_future::runtime::{select, spawn_debug};
use state_future::state_future;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long clients have, once the server is to end, to take their replies.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait if no client can be taken in, for want of descriptors or memory.
const RECOVERY: Duration = Duration::from_millis(50);
/// How often keys are removed whose time is over.
const SWEEP_PERIOD: Duration = Duration::from_millis(100);

/// What all clients share.
pub struct Server {
    pub store: Store,
    pub port: u16,
    pub started: Instant,
    pub clients: AtomicUsize,
    pub last_client: AtomicU64,
    pub commands: AtomicU64,
}

impl Server {
    pub fn new(port: u16) -> Self {
        Self {
            store: Store::default(),
            port,
            started: Instant::now(),
            clients: AtomicUsize::new(0),
            last_client: AtomicU64::new(0),
            commands: AtomicU64::new(0),
        }
    }
}

/// One client more, for as long as it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves clients until told to stop; ends when the last one has got its replies, or its time is over.
#[state_future]
pub async fn serve(listener: TcpListener, server: Arc<Server>, stop: Stop) {
    let sweeper = spawn_debug("sweeper", sweep(server.clone()));
    // Each client holds a sender, so that the channel is closed when the last of them is gone.
    let (present, all_gone) = async_channel::bounded::<Infallible>(1);
    loop {
        let accepted = select! {
            accepted = listener.accept() => accepted,
            () = stop.requested() => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let present = present.clone();
                let attending = attend(stream, server.clone(), stop.clone(), present);
                spawn_debug(&format!("client {address}"), attending).detach();
            }
            Err(_) => sleep(RECOVERY).await,
        }
    }
    drop(listener);
    drop(present);
    // An error means that a client's time is over: it is cut off.
    let _ = timeout(GRACE, all_gone.recv()).await;
    sweeper.abort();
}

/// One client's task.
#[state_future]
async fn attend(
    stream: TcpStream,
    server: Arc<Server>,
    stop: Stop,
    _present: async_channel::Sender<Infallible>,
) {
    let _counted = Counted::new(&server.clients);
    // What goes wrong with a connection concerns nobody but the client, who knows.
    let _: io::Result<()> = serve_client(&stream, &server, &stop).await;
}

/// Removes keys whose time is over, even if nobody asks for them.
#[state_future]
async fn sweep(server: Arc<Server>) {
    let mut beat = interval(SWEEP_PERIOD);
    loop {
        beat.tick().await;
        server.store.lock().sweep();
    }
}
