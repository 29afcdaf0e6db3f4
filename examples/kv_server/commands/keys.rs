//! Commands on keys.

use super::{Call, Command, Failure, NO_INTEGER, parse_integer};
use std::time::{Duration, Instant};

const READ: &[&str] = &["readonly", "fast"];
const WRITE: &[&str] = &["write", "fast"];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "del",
        arity: -2,
        flags: &["write"],
        keys: [1, -1, 1],
        run: delete,
    },
    Command {
        name: "exists",
        arity: -2,
        flags: READ,
        keys: [1, -1, 1],
        run: exists,
    },
    Command {
        name: "expire",
        arity: 3,
        flags: WRITE,
        keys: [1, 1, 1],
        run: expire,
    },
    Command {
        name: "ttl",
        arity: 2,
        flags: READ,
        keys: [1, 1, 1],
        run: time_to_live,
    },
];

fn delete(call: &mut Call<'_>) -> Result<(), Failure> {
    let mut keys = call.server.store.lock();
    let count = call.request.from(1).filter(|key| keys.remove(key)).count();
    call.reply.integer(count as i64);
    Ok(())
}

fn exists(call: &mut Call<'_>) -> Result<(), Failure> {
    let keys = call.server.store.lock();
    let count = call
        .request
        .from(1)
        .filter(|key| keys.contains(key))
        .count();
    call.reply.integer(count as i64);
    Ok(())
}

fn expire(call: &mut Call<'_>) -> Result<(), Failure> {
    let seconds = parse_integer(call.argument(2)).ok_or(NO_INTEGER)?;
    let mut keys = call.server.store.lock();
    let key = call.argument(1);
    let done = match u64::try_from(seconds) {
        Ok(seconds) if seconds > 0 => {
            let deadline = Instant::now().checked_add(Duration::from_secs(seconds));
            keys.expire(
                key,
                deadline.ok_or("ERR invalid expire time in 'expire' command")?,
            )
        }
        // Its time is over already.
        _ => keys.remove(key),
    };
    call.reply.integer(done.into());
    Ok(())
}

/// -1 is forever, -2 is not there.
fn time_to_live(call: &mut Call<'_>) -> Result<(), Failure> {
    let left = call.server.store.lock().time_to_live(call.argument(1));
    call.reply.integer(match left {
        None => -2,
        Some(None) => -1,
        Some(Some(left)) => ((left.as_millis() + 500) / 1000) as i64,
    });
    Ok(())
}
