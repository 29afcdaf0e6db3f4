// Ordinary application code.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug)]
enum Error {
    Connection(Failure),
    Protocol(String),
    Exhausted { attempts: u32, last: Failure },
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Error::Connection(failure)
    }
}

#[derive(Debug, PartialEq)]
enum Command {
    Get(String),
    Set(String, String),
    Quit,
}

#[lower]
async fn sleep(length: Duration) {
    leaf(format!("sleep {}", length.as_millis()), 1, ()).await
}

/// Reads commands until the peer leaves and answers each one.
#[lower]
async fn serve(mut connection: Connection, store: Arc<Lock<BTreeMap<String, String>>>) -> Result<u32, Error> {
    let _logger = noisy("serve");
    let mut line = String::new();
    let mut served = 0;
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            break;
        }
        let command = match parse_command(&line) {
            Ok(command) => command,
            Err(Error::Protocol(reason)) => {
                connection.write_all(format!("-{reason}\n").as_bytes()).await?;
                continue;
            }
            Err(other) => return Err(other),
        };
        match command {
            Command::Get(key) => {
                let found = store.acquire().await.get(&key).cloned();
                match found {
                    Some(value) => connection.write_all(value.as_bytes()).await?,
                    None => connection.write_all(b"(none)").await?,
                }
            }
            Command::Set(key, value) => {
                let mut guard = store.acquire().await;
                guard.insert(key, value);
                guard.flush().await;
                drop(guard);
                connection.write_all(b"+OK").await?;
            }
            Command::Quit => {
                connection.write_all(b"bye").await?;
                break;
            }
        }
        served += 1;
    }
    connection.shutdown().await?;
    Ok(served)
}

fn parse_command(line: &str) -> Result<Command, Error> {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("get"), Some(key), None) => Ok(Command::Get(key.to_owned())),
        (Some("set"), Some(key), Some(value)) => Ok(Command::Set(key.to_owned(), value.to_owned())),
        (Some("quit"), None, None) => Ok(Command::Quit),
        _ => Err(Error::Protocol(format!("unknown command {line:?}"))),
    }
}

/// Tries an operation again, waiting longer every time.
#[lower]
async fn retry<T, F, R>(mut operation: F, attempts: u32) -> Result<T, Error>
where
    F: FnMut(u32) -> R,
    R: Future<Output = Result<T, Failure>>,
{
    let mut delay = Duration::from_millis(10);
    let mut attempt = 0;
    loop {
        attempt += 1;
        match operation(attempt).await {
            Ok(value) => return Ok(value),
            Err(last) if attempt >= attempts => return Err(Error::Exhausted { attempts: attempt, last }),
            Err(failure) => {
                mark(format!("attempt {attempt}: {failure}"));
                sleep(delay).await;
                delay = (delay * 2).min(Duration::from_millis(50));
            }
        }
    }
}

#[lower]
async fn flaky(attempt: u32, good_from: u32) -> Result<Noisy, Failure> {
    let _attempt = noisy("attempt");
    if attempt < good_from {
        fail("flaky").await
    } else {
        Ok(succeed("steady", noisy("value")).await?)
    }
}

/// Splits frames `length:payload` out of chunks that end anywhere.
#[lower]
async fn parse_frames(mut chunks: Feed<&'static str>) -> Result<Vec<String>, Error> {
    enum State {
        Length(usize),
        Payload { missing: usize, text: String },
    }
    let mut frames = Vec::new();
    let mut state = State::Length(0);
    while let Some(chunk) = chunks.next().await {
        for character in chunk.chars() {
            state = match state {
                State::Length(length) => match character {
                    '0'..='9' => State::Length(length * 10 + character as usize - '0' as usize),
                    ':' if length == 0 => {
                        frames.push(String::new());
                        tick("empty frame").await;
                        State::Length(0)
                    }
                    ':' => State::Payload {
                        missing: length,
                        text: String::with_capacity(length),
                    },
                    other => return Err(Error::Protocol(format!("unexpected {other:?}"))),
                },
                State::Payload { missing, mut text } => {
                    text.push(character);
                    if missing == 1 {
                        leaf("frame complete", 1, ()).await;
                        frames.push(text);
                        State::Length(0)
                    } else {
                        State::Payload {
                            missing: missing - 1,
                            text,
                        }
                    }
                }
            };
        }
    }
    match state {
        State::Length(0) => Ok(frames),
        _ => Err(Error::Protocol("truncated".into())),
    }
}

/// Authenticates, caches, fetches and transforms.
#[lower]
async fn pipeline(
    user: &str,
    cache: &Lock<HashMap<String, u32>>,
    fetch: impl AsyncFn(&str) -> Result<u32, Failure>,
) -> Result<String, Error> {
    let span = noisy(format!("request of {user}"));
    let Some(token) = authenticate(user).await? else {
        return Ok(format!("{user} is unknown"));
    };
    if let Some(hit) = cache.acquire().await.get(user) {
        return Ok(format!("cached {hit}"));
    }
    let fetched = fetch(&token).await?;
    let (scaled, audit) = both(
        async {
            tick("scale").await;
            fetched * 10
        },
        async {
            tick("audit").await;
            span.peek().await
        },
    )
    .await;
    cache.acquire().await.insert(user.to_owned(), scaled);
    Ok(format!("{token} {scaled} {audit}"))
}

#[lower]
async fn authenticate(user: &str) -> Result<Option<String>, Failure> {
    let known = leaf("authenticate", 1, user != "nobody").await;
    Ok(if known { Some(format!("token-{user}")) } else { None })
}

#[lower]
async fn two_requests(user: String) -> Result<Vec<String>, Error> {
    let cache = lock("cache", HashMap::new());
    let mut calls = 0;
    let mut answers = Vec::new();
    for _ in 0..2 {
        answers.push(pipeline(&user, &cache, async |token: &str| succeed("fetch", token.len() as u32).await).await?);
        calls += 1;
    }
    answers.push(format!("{calls} calls"));
    Ok(answers)
}

/// Works off a queue that grows while it is worked off, breadth first.
#[lower]
async fn crawl(start: &str, limit: usize) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    let mut queue = VecDeque::from([(start.to_owned(), 0)]);
    while let Some((page, depth)) = queue.pop_front() {
        if seen.len() >= limit || seen.contains_key(&page) {
            continue;
        }
        let links = match links_of(&page).await {
            Ok(links) => links,
            Err(failure) => {
                mark(format!("{page}: {failure}"));
                continue;
            }
        };
        seen.insert(page, depth);
        queue.extend(links.into_iter().map(|link| (link, depth + 1)));
    }
    seen
}

#[lower]
async fn links_of(page: &str) -> Result<Vec<String>, Failure> {
    match page.len() {
        1 => Ok(succeed("links", vec![format!("{page}a"), format!("{page}b")]).await?),
        2 => {
            let last = page.chars().last();
            if last == Some('b') {
                return fail("no such page").await;
            }
            Ok(vec![format!("{page}{page}")])
        }
        _ => Ok(Vec::new()),
    }
}

/// Moves an amount between two accounts under both locks and undoes it on failure.
#[lower]
async fn transfer(from: Arc<Lock<i64>>, to: Arc<Lock<i64>>, amount: i64) -> Result<i64, Failure> {
    let mut source = from.acquire().await;
    if *source < amount {
        drop(source);
        return fail("insufficient funds").await;
    }
    let mut target = to.acquire().await;
    *source -= amount;
    *target += amount;
    if let Err(failure) = confirm(amount).await {
        *target -= amount;
        *source += amount;
        source.flush().await;
        return Err(failure);
    }
    let left = *source;
    target.flush().await;
    source.release().await;
    Ok(left)
}

#[lower]
async fn confirm(amount: i64) -> Result<(), Failure> {
    match amount {
        ..=0 => fail("nothing to transfer").await,
        1..=99 => Ok(()),
        _ => succeed("manual confirmation", ()).await,
    }
}

#[lower]
async fn transfers(amount: i64) -> (Result<i64, Failure>, i64, i64) {
    let (first, second) = (Arc::new(lock("first", 150)), Arc::new(lock("second", 10)));
    let result = transfer(Arc::clone(&first), second.clone(), amount).await;
    let balances = (*first.guard(), *second.guard());
    (result, balances.0, balances.1)
}

/// Collects items in batches and flushes full ones, and the rest at the end.
#[lower]
async fn batches(mut items: Feed<Noisy>, size: usize) -> Result<Vec<usize>, Failure> {
    let mut batch = Vec::with_capacity(size);
    let mut sizes = Vec::new();
    let sink = connection("sink", []).failing_after(2);
    while let Some(item) = items.try_next().await? {
        batch.push(item);
        if batch.len() == size {
            sizes.push(flush(&sink, &mut batch).await?);
        }
    }
    if !batch.is_empty() {
        sizes.push(flush(&sink, &mut batch).await?);
    }
    sink.shutdown().await?;
    Ok(sizes)
}

#[lower]
async fn flush(sink: &Connection, batch: &mut Vec<Noisy>) -> Result<usize, Failure> {
    let length = batch.len();
    for item in batch.drain(..) {
        let name = item.name().to_owned();
        sink.write_all(name.as_bytes()).await?;
    }
    Ok(length)
}

/// Copies from one connection to another with a buffer, counting.
#[lower]
async fn copy(mut from: Connection, to: Connection) -> Result<(usize, usize), Failure> {
    let mut buffer = String::with_capacity(64);
    let (mut lines, mut bytes) = (0, 0);
    loop {
        buffer.clear();
        let read = from.read_line(&mut buffer).await?;
        if read == 0 {
            break;
        }
        to.write_all(&buffer.as_bytes()[..read]).await?;
        lines += 1;
        bytes += read;
    }
    let (first, second) = both(from.shutdown(), to.shutdown()).await;
    first.and(second)?;
    Ok((lines, bytes))
}

/// Waits for the first of two futures, in the manner of a timeout.
#[lower]
async fn with_timeout<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    let mut deadline = std::pin::pin!(leaf("deadline", polls, ()));
    std::future::poll_fn(|context| {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(context) {
            return std::task::Poll::Ready(Some(output));
        }
        deadline.as_mut().poll(context).map(|()| None)
    })
    .await
}

#[lower]
async fn request_with_timeout(pending: usize) -> Result<u32, Error> {
    let own = noisy("request");
    let work = async {
        let inner = own.view();
        leaf("work", pending, ()).await;
        Ok::<_, Failure>(inner.look())
    };
    match with_timeout(work, 2).await {
        Some(result) => Ok(result?),
        None => Err(Error::Protocol("timed out".to_owned())),
    }
}

cases! {
    serve_session: serve(
        connection("peer", ["set a 1\n", "get a\n", "nonsense\n", "get b\n", "quit\n", "get a\n"]),
        Arc::new(lock("store", BTreeMap::new())),
    ),
    serve_broken: serve(
        connection("peer", ["get a\n", "get b\n"]).failing_after(1),
        Arc::new(lock("store", BTreeMap::new())),
    ),
    retry_succeeds: retry(|attempt| flaky(attempt, 3), 5),
    retry_gives_up: retry(|attempt| flaky(attempt, 9), 2),
    parse_frames_good: parse_frames(feed("chunks", ["3:ab", "c0:1:x", "2:yz"])),
    parse_frames_truncated: parse_frames(feed("chunks", ["3:ab"])),
    parse_frames_bad: parse_frames(feed("chunks", ["1:a", "x"])),
    two_requests_known: two_requests("ann".to_owned()),
    two_requests_unknown: two_requests("nobody".to_owned()),
    crawl("p", 4),
    transfers_small: transfers(50),
    transfers_confirmed: transfers(120),
    transfers_refused: transfers(500),
    transfers_undone: transfers(-1),
    batches_fail: batches(feed("items", [noisy("a"), noisy("b"), noisy("c")]), 2),
    batches_fit: batches(feed("items", [noisy("a"), noisy("b")]), 2),
    copy: copy(connection("from", ["one\n", "two\n"]), connection("to", [])),
    request_with_timeout_in_time: request_with_timeout(1),
    request_with_timeout_late: request_with_timeout(5),
}
