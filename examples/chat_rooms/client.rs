//! One client.

use crate::lines::Lines;
use crate::rooms::{Member, Rooms};
use state_future::runtime::io::AsyncWriteExt;
use state_future::runtime::net::TcpStream;
use state_future::runtime::select;
use state_future::runtime::time::{sleep_until, timeout};
use state_future::state_future;
use std::collections::BTreeMap;
use std::future::pending;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// What is to be said later, and when.
type Later = BTreeMap<Instant, String>;

/// A client's task.
#[state_future]
pub async fn attend(stream: TcpStream, rooms: Rc<Rooms>, seat: usize, patience: Duration) {
    // What goes wrong with a connection concerns nobody but the client, who knows.
    let _: io::Result<()> = converse(&stream, rooms.clone(), seat, patience).await;
    rooms.let_go(seat);
}

/// Asks for a name, and passes on what is said until the client leaves or says nothing for too long.
#[state_future]
async fn converse(
    stream: &TcpStream,
    rooms: Rc<Rooms>,
    seat: usize,
    patience: Duration,
) -> io::Result<()> {
    let mut lines = Lines::new(stream);
    let mut writer = stream;
    writer.write_all(b"your name?\n").await?;
    let Some(name) = timeout(patience, lines.next()).await?? else {
        return Ok(());
    };
    let Some(member) = Member::enter(rooms, &name, seat) else {
        return writer.write_all(b"another has that name\n").await;
    };
    let mut later = Later::new();
    let mut silent_since = Instant::now();
    loop {
        select! {
            line = lines.next() => {
                let Some(line) = line? else { return Ok(()) };
                silent_since = Instant::now();
                let answer = obey(&line, &member, &mut later);
                writer.write_all(answer.as_bytes()).await?;
            },
            heard = member.inbox().recv() => {
                let Ok(mut heard) = heard else { return Ok(()) };
                heard.push('\n');
                writer.write_all(heard.as_bytes()).await?;
            },
            words = next_of(&mut later) => member.say(&words),
            () = sleep_until(silent_since + patience) => {
                return writer.write_all(b"you have fallen asleep\n").await;
            }
        }
    }
}

/// Waits until the next words are due, and takes them out; forever if there are none.
#[state_future]
async fn next_of(later: &mut Later) -> String {
    let Some(due) = later.first_key_value().map(|(due, _)| *due) else {
        return pending().await;
    };
    sleep_until(due).await;
    later.remove(&due).unwrap_or_default()
}

/// Does what a line asks for; gives what the client is told.
fn obey(line: &str, member: &Member, later: &mut Later) -> String {
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    match command {
        "/join" => member.go_to(rest),
        "/who" => return format!("* here: {}\n", member.others()),
        "/cancel" => later.clear(),
        "/kick" if member.kick(rest) => {}
        "/kick" => return format!("* {rest} is not here\n"),
        "/later" => {
            let Some((milliseconds, words)) = rest.split_once(' ') else {
                return "* /later MS WORDS\n".into();
            };
            let due = milliseconds.parse().ok().map(Duration::from_millis);
            let Some(due) = due.and_then(|due| Instant::now().checked_add(due)) else {
                return format!("* {milliseconds} is no time\n");
            };
            later.insert(due, words.to_owned());
        }
        _ => member.say(line),
    }
    String::new()
}
