//! Commands on the server.

use super::{Call, Command, Failure, all_commands, find, unknown_subcommand, wrong_number};
use crate::protocol::Reply;
use std::fmt::Write;
use std::sync::atomic::Ordering;

const FLAGS: &[&str] = &["loading", "stale"];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "info",
        arity: -1,
        flags: FLAGS,
        keys: [0; 3],
        run: info,
    },
    Command {
        name: "command",
        arity: -1,
        flags: FLAGS,
        keys: [0; 3],
        run: command,
    },
    Command {
        name: "config",
        arity: -2,
        flags: FLAGS,
        keys: [0; 3],
        run: config,
    },
];

/// `INFO [section ..]`; without a section, or with `all`, `default` or `everything`, all of them.
fn info(call: &mut Call<'_>) -> Result<(), Failure> {
    let server = call.server;
    let (keys, ending) = server.store.lock().count();
    let database = if keys == 0 {
        String::new()
    } else {
        format!("db0:keys={keys},expires={ending},avg_ttl=0\r\n")
    };
    let sections = [
        (
            "Server",
            format!(
                "redis_version:{}\r\nredis_mode:standalone\r\nprocess_id:{}\r\ntcp_port:{}\r\nuptime_in_seconds:{}\r\n",
                env!("CARGO_PKG_VERSION"),
                std::process::id(),
                server.port,
                server.started.elapsed().as_secs()
            ),
        ),
        (
            "Clients",
            format!(
                "connected_clients:{}\r\n",
                server.clients.load(Ordering::Relaxed)
            ),
        ),
        (
            "Stats",
            format!(
                "total_connections_received:{}\r\ntotal_commands_processed:{}\r\n",
                server.last_client.load(Ordering::Relaxed),
                server.commands.load(Ordering::Relaxed)
            ),
        ),
        ("Keyspace", database),
    ];
    let is_asked = |name: &str| {
        let names = [name, "all", "default", "everything"];
        call.request.len() == 1
            || call.request.from(1).any(|word| {
                names
                    .iter()
                    .any(|name| word.eq_ignore_ascii_case(name.as_bytes()))
            })
    };
    let mut text = String::new();
    for (name, lines) in sections.iter().filter(|(name, _)| is_asked(name)) {
        let separator = if text.is_empty() { "" } else { "\r\n" };
        write!(text, "{separator}# {name}\r\n{lines}").expect("writing to memory does not fail");
    }
    call.reply.verbatim(&text);
    Ok(())
}

/// `COMMAND`, `COMMAND COUNT`, `COMMAND INFO [name ..]`, `COMMAND DOCS [name ..]`.
fn command(call: &mut Call<'_>) -> Result<(), Failure> {
    let subcommand = call.request.get(1).map(<[u8]>::to_ascii_uppercase);
    match subcommand.as_deref() {
        Some(b"COUNT") => call.reply.integer(all_commands().count() as i64),
        Some(b"INFO") if call.request.len() > 2 => {
            call.reply.array(call.request.len() - 2);
            for name in call.request.from(2) {
                match find(name) {
                    Some(command) => describe(command, call.reply),
                    None => call.reply.null(),
                }
            }
        }
        None | Some(b"INFO") => {
            call.reply.array(all_commands().count());
            all_commands().for_each(|command| describe(command, call.reply));
        }
        // There are none; a client shows no hints then.
        Some(b"DOCS") => call.reply.map(0),
        Some(_) => return Err(unknown_subcommand(call)),
    }
    Ok(())
}

fn describe(command: &Command, reply: &mut Reply) {
    reply.array(6);
    reply.bulk(command.name.as_bytes());
    reply.integer(command.arity);
    reply.array(command.flags.len());
    command.flags.iter().for_each(|flag| reply.simple(flag));
    command.keys.iter().for_each(|&key| reply.integer(key));
}

/// `CONFIG GET name ..`, a name being one of these or `*`.
fn config(call: &mut Call<'_>) -> Result<(), Failure> {
    if !call.argument(1).eq_ignore_ascii_case(b"GET") {
        return Err(unknown_subcommand(call));
    }
    if call.request.len() < 3 {
        return Err(wrong_number("config"));
    }
    let port = call.server.port.to_string();
    let settings = [
        ("appendonly", "no"),
        ("bind", "127.0.0.1"),
        ("databases", "1"),
        ("port", &port),
        ("save", ""),
    ];
    let is_asked = |name: &str| {
        call.request
            .from(2)
            .any(|word| word == b"*" || word.eq_ignore_ascii_case(name.as_bytes()))
    };
    call.reply
        .map(settings.iter().filter(|(name, _)| is_asked(name)).count());
    for (name, value) in settings.iter().filter(|(name, _)| is_asked(name)) {
        call.reply.bulk(name.as_bytes());
        call.reply.bulk(value.as_bytes());
    }
    Ok(())
}
