//! What each request does.
//!
//! * `strings`: commands on values.
//! * `keys`: commands on keys.
//! * `connection`: commands on the connection.
//! * `server`: commands on the server.

mod connection;
mod keys;
mod server;
mod strings;

use crate::protocol::{Reply, Request};
use crate::server::Server;
use std::borrow::Cow;
use std::sync::atomic::Ordering;

pub use connection::Session;

/// A request and all that it may use.
struct Call<'a> {
    request: Request<'a>,
    session: &'a mut Session,
    server: &'a Server,
    reply: &'a mut Reply,
}

/// The text of an error, its code first.
type Failure = Cow<'static, str>;

/// What a command gives if its arguments make no sense.
const SYNTAX_ERROR: Failure = Cow::Borrowed("ERR syntax error");
/// What a command gives if an argument should be a number and is none, or one too large.
const NO_INTEGER: Failure = Cow::Borrowed("ERR value is not an integer or out of range");

/// A command.
struct Command {
    name: &'static str,
    /// How many arguments it takes, its name included; at least so many if negative.
    arity: i64,
    flags: &'static [&'static str],
    /// The first and the last argument that is a key, and the step from one to the next; negative from the end.
    keys: [i64; 3],
    run: fn(&mut Call<'_>) -> Result<(), Failure>,
}

/// Every command.
static COMMANDS: &[&[Command]] = &[
    strings::COMMANDS,
    keys::COMMANDS,
    connection::COMMANDS,
    server::COMMANDS,
];

fn all_commands() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().copied().flatten()
}

fn find(name: &[u8]) -> Option<&'static Command> {
    all_commands().find(|command| name.eq_ignore_ascii_case(command.name.as_bytes()))
}

/// Does what a request asks for, and adds the reply.
pub fn execute(request: Request<'_>, session: &mut Session, server: &Server, reply: &mut Reply) {
    server.commands.fetch_add(1, Ordering::Relaxed);
    let name = request.get(0).unwrap_or_default();
    let outcome = match find(name) {
        None => Err(format!("ERR unknown command '{}'", shown(name)).into()),
        Some(command) if !command.takes(request.len()) => Err(wrong_number(command.name)),
        Some(command) => (command.run)(&mut Call {
            request,
            session,
            server,
            reply,
        }),
    };
    if let Err(failure) = outcome {
        reply.error(failure);
    }
}

impl Command {
    fn takes(&self, count: usize) -> bool {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if self.arity < 0 {
            count >= -self.arity
        } else {
            count == self.arity
        }
    }
}

impl<'a> Call<'a> {
    /// An argument that the command's arity promises.
    fn argument(&self, index: usize) -> &'a [u8] {
        self.request.get(index).unwrap_or_default()
    }
}

fn wrong_number(command: &str) -> Failure {
    format!(
        "ERR wrong number of arguments for '{}' command",
        command.to_ascii_lowercase()
    )
    .into()
}

fn unknown_subcommand(call: &Call<'_>) -> Failure {
    format!("ERR unknown subcommand '{}'", shown(call.argument(1))).into()
}

/// Something of a client's to be shown in an error, cut off if it is long.
fn shown(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&bytes[..bytes.len().min(128)])
}

/// Reads a number as Redis does: digits and perhaps a minus sign, without any other ornament.
pub fn parse_integer(bytes: &[u8]) -> Option<i64> {
    let number: i64 = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    // What `parse` takes beyond that: a plus sign, zeros in front, a minus zero.
    let canonical = number.to_string();
    (canonical.as_bytes() == bytes).then_some(number)
}
