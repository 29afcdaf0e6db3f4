//! Commands on values.

use super::{Call, Command, Failure, NO_INTEGER, SYNTAX_ERROR, parse_integer, wrong_number};
use crate::store::Refusal;
use std::time::{Duration, Instant};

const READ: &[&str] = &["readonly", "fast"];
const WRITE: &[&str] = &["write", "denyoom"];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "get",
        arity: 2,
        flags: READ,
        keys: [1, 1, 1],
        run: get,
    },
    Command {
        name: "set",
        arity: -3,
        flags: WRITE,
        keys: [1, 1, 1],
        run: set,
    },
    Command {
        name: "mget",
        arity: -2,
        flags: READ,
        keys: [1, -1, 1],
        run: get_many,
    },
    Command {
        name: "mset",
        arity: -3,
        flags: WRITE,
        keys: [1, -1, 2],
        run: set_many,
    },
    Command {
        name: "incr",
        arity: 2,
        flags: WRITE,
        keys: [1, 1, 1],
        run: increment,
    },
    Command {
        name: "append",
        arity: 3,
        flags: WRITE,
        keys: [1, 1, 1],
        run: append,
    },
];

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoInteger => NO_INTEGER,
            Refusal::Overflow => "ERR increment or decrement would overflow".into(),
            Refusal::TooLong => "ERR string exceeds maximum allowed size".into(),
        }
    }
}

fn get(call: &mut Call<'_>) -> Result<(), Failure> {
    call.reply
        .optional(call.server.store.lock().get(call.argument(1)));
    Ok(())
}

fn get_many(call: &mut Call<'_>) -> Result<(), Failure> {
    let keys = call.server.store.lock();
    call.reply.array(call.request.len() - 1);
    for key in call.request.from(1) {
        call.reply.optional(keys.get(key));
    }
    Ok(())
}

/// When SET sets a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Always,
    IfThere,
    IfNotThere,
}

/// What stands after key and value.
struct Options {
    condition: Condition,
    deadline: Option<Instant>,
}

fn options(call: &Call<'_>) -> Result<Options, Failure> {
    let mut options = Options {
        condition: Condition::Always,
        deadline: None,
    };
    let mut words = call.request.from(3);
    while let Some(word) = words.next() {
        let is = |name: &str| word.eq_ignore_ascii_case(name.as_bytes());
        if (is("NX") || is("XX")) && options.condition == Condition::Always {
            options.condition = if is("NX") {
                Condition::IfNotThere
            } else {
                Condition::IfThere
            };
        } else if (is("EX") || is("PX")) && options.deadline.is_none() {
            let number = words.next().ok_or(SYNTAX_ERROR)?;
            let number = parse_integer(number).ok_or(NO_INTEGER)?;
            let unit = if is("EX") { 1000 } else { 1 };
            let milliseconds = u64::try_from(number)
                .ok()
                .and_then(|number| number.checked_mul(unit));
            let deadline = milliseconds
                .filter(|&milliseconds| milliseconds > 0)
                .and_then(|milliseconds| {
                    Instant::now().checked_add(Duration::from_millis(milliseconds))
                });
            options.deadline = Some(deadline.ok_or("ERR invalid expire time in 'set' command")?);
        } else {
            return Err(SYNTAX_ERROR);
        }
    }
    Ok(options)
}

fn set(call: &mut Call<'_>) -> Result<(), Failure> {
    let Options {
        condition,
        deadline,
    } = options(call)?;
    let mut keys = call.server.store.lock();
    let key = call.argument(1);
    if condition == Condition::Always || keys.contains(key) == (condition == Condition::IfThere) {
        keys.set(key, call.argument(2).to_vec(), deadline);
        call.reply.simple("OK");
    } else {
        call.reply.null();
    }
    Ok(())
}

fn set_many(call: &mut Call<'_>) -> Result<(), Failure> {
    if call.request.len() % 2 == 0 {
        return Err(wrong_number("mset"));
    }
    let mut keys = call.server.store.lock();
    let mut words = call.request.from(1);
    while let (Some(key), Some(value)) = (words.next(), words.next()) {
        keys.set(key, value.to_vec(), None);
    }
    call.reply.simple("OK");
    Ok(())
}

fn increment(call: &mut Call<'_>) -> Result<(), Failure> {
    let sum = call.server.store.lock().add(call.argument(1), 1)?;
    call.reply.integer(sum);
    Ok(())
}

fn append(call: &mut Call<'_>) -> Result<(), Failure> {
    let length = call
        .server
        .store
        .lock()
        .append(call.argument(1), call.argument(2))?;
    call.reply.integer(length as i64);
    Ok(())
}
