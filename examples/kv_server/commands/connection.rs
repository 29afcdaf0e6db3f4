//! Commands on the connection.

use super::{
    Call, Command, Failure, SYNTAX_ERROR, parse_integer, unknown_subcommand, wrong_number,
};
use crate::protocol::Version;
use crate::server::Server;
use std::sync::atomic::Ordering;

const FLAGS: &[&str] = &["fast"];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ping",
        arity: -1,
        flags: FLAGS,
        keys: [0; 3],
        run: ping,
    },
    Command {
        name: "echo",
        arity: 2,
        flags: FLAGS,
        keys: [0; 3],
        run: echo,
    },
    Command {
        name: "hello",
        arity: -1,
        flags: FLAGS,
        keys: [0; 3],
        run: hello,
    },
    Command {
        name: "client",
        arity: -2,
        flags: FLAGS,
        keys: [0; 3],
        run: client,
    },
    Command {
        name: "quit",
        arity: -1,
        flags: FLAGS,
        keys: [0; 3],
        run: quit,
    },
];

/// What is known of a client.
pub struct Session {
    id: u64,
    name: Vec<u8>,
    /// Whether the client has taken its leave.
    pub quits: bool,
}

impl Session {
    /// A client that has just come.
    pub fn new(server: &Server) -> Self {
        Self {
            id: server.last_client.fetch_add(1, Ordering::Relaxed) + 1,
            name: Vec::new(),
            quits: false,
        }
    }

    fn set_name(&mut self, name: &[u8]) -> Result<(), Failure> {
        if !name.iter().all(u8::is_ascii_graphic) {
            return Err(
                "ERR Client names cannot contain spaces, newlines or special characters.".into(),
            );
        }
        self.name = name.to_vec();
        Ok(())
    }
}

fn ping(call: &mut Call<'_>) -> Result<(), Failure> {
    match (call.request.get(1), call.request.len()) {
        (None, _) => call.reply.simple("PONG"),
        (Some(text), 2) => call.reply.bulk(text),
        _ => return Err(wrong_number("ping")),
    }
    Ok(())
}

fn echo(call: &mut Call<'_>) -> Result<(), Failure> {
    call.reply.bulk(call.argument(1));
    Ok(())
}

fn quit(call: &mut Call<'_>) -> Result<(), Failure> {
    call.session.quits = true;
    call.reply.simple("OK");
    Ok(())
}

/// `HELLO [version [AUTH user password] [SETNAME name]]`; nothing is chosen unless all of it makes sense.
fn hello(call: &mut Call<'_>) -> Result<(), Failure> {
    let version = match call.request.get(1) {
        None => call.reply.version,
        Some(version) => match parse_integer(version) {
            None => return Err("ERR Protocol version is not an integer or out of range".into()),
            Some(2) => Version::Resp2,
            Some(3) => Version::Resp3,
            Some(_) => return Err("NOPROTO unsupported protocol version".into()),
        },
    };
    let mut words = call.request.from(2);
    while let Some(word) = words.next() {
        if word.eq_ignore_ascii_case(b"SETNAME") {
            call.session.set_name(words.next().ok_or(SYNTAX_ERROR)?)?;
        } else if word.eq_ignore_ascii_case(b"AUTH") {
            return Err(
                "ERR AUTH called without any password configured for the default user".into(),
            );
        } else {
            return Err(SYNTAX_ERROR);
        }
    }
    call.reply.version = version;
    let reply = &mut *call.reply;
    reply.map(7);
    let mut text = |key: &str, value: &str| {
        reply.bulk(key.as_bytes());
        reply.bulk(value.as_bytes());
    };
    text("server", "redis");
    text("version", env!("CARGO_PKG_VERSION"));
    text("mode", "standalone");
    text("role", "master");
    reply.bulk(b"proto");
    reply.integer(version as i64);
    reply.bulk(b"id");
    reply.integer(call.session.id as i64);
    reply.bulk(b"modules");
    reply.array(0);
    Ok(())
}

fn client(call: &mut Call<'_>) -> Result<(), Failure> {
    let subcommand = call.argument(1).to_ascii_uppercase();
    match (subcommand.as_slice(), call.request.len()) {
        (b"ID", 2) => call.reply.integer(call.session.id as i64),
        (b"GETNAME", 2) if call.session.name.is_empty() => call.reply.null(),
        (b"GETNAME", 2) => call.reply.bulk(&call.session.name),
        (b"SETNAME", 3) => {
            call.session.set_name(call.argument(2))?;
            call.reply.simple("OK");
        }
        // What a client's library is called is taken note of by nobody.
        (b"SETINFO", 4) => call.reply.simple("OK"),
        (b"ID" | b"GETNAME" | b"SETNAME" | b"SETINFO", _) => return Err(wrong_number("client")),
        _ => return Err(unknown_subcommand(call)),
    }
    Ok(())
}
