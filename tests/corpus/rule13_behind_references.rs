// Patterns that move some parts out and bind others behind references: what moves is read, what is left is dropped with the rest.

enum State {
    Waiting { accepted: bool, name: Noisy },
    Asked(Noisy),
    Done,
}

enum Event {
    Named(Noisy, Noisy),
    Counted(u32, Noisy),
    Ended,
}

trait Renamed {
    fn renamed(&mut self) -> Noisy;
}

impl Renamed for Noisy {
    fn renamed(&mut self) -> Noisy {
        self.touch();
        noisy("renamed")
    }
}

#[lower]
async fn constants_behind_references(first: u8) -> u32 {
    let mut state = State::Waiting {
        accepted: false,
        name: noisy("waiting"),
    };
    let packet = [first, 7, 8];
    let mut sum = 0;
    for _ in 0..3 {
        let bytes: &[u8] = &packet;
        sum += match (&mut state, bytes.split_first()) {
            (State::Waiting { accepted, name }, Some((&1, mut rest))) => {
                let length = leaf("length", 1, rest.len() as u32).await;
                rest = &rest[1..];
                if *accepted {
                    let name = name.renamed();
                    state = State::Asked(name);
                } else {
                    *accepted = true;
                }
                length + rest.len() as u32
            }
            (State::Waiting { accepted, .. }, Some((code, _))) => {
                tick("code").await;
                *accepted = !*accepted;
                u32::from(*code)
            }
            (State::Asked(name), Some((&(1 | 2), mut rest))) => {
                let length = name.peek().await;
                rest = &rest[length as usize % 2..];
                state = State::Done;
                rest.len() as u32
            }
            (State::Done, Some((_, rest))) => leaf("rest", 1, rest.len() as u32).await,
            _ => 0,
        };
    }
    sum
}

#[lower]
async fn moved_beside_borrowed(first: u8) -> u32 {
    let mut state = State::Waiting {
        accepted: false,
        name: noisy("waiting"),
    };
    let pair = (noisy("left"), noisy("right"));
    let number = first;
    let whole = (&mut state, pair, &number, noisy("last"));
    tick("before").await;
    let sum = match whole {
        (State::Waiting { accepted, name }, (left, _), &1, _) => {
            tick("first").await;
            *accepted = true;
            name.touch() + left.look()
        }
        (State::Waiting { name, .. }, _, &number, last) => {
            tick("other").await;
            name.touch() + u32::from(number) + last.look()
        }
        (_, (_, right), _, _) => {
            drop(right);
            tick("dropped").await;
            2
        }
    };
    tick("after").await;
    sum + match state {
        State::Waiting {
            accepted: true,
            name,
        } => {
            tick("accepted").await;
            name.look()
        }
        State::Waiting { name, .. } => name.look() + 1,
        _ => 0,
    }
}

async fn next(number: u32) -> Event {
    match leaf("next", 1, number).await {
        0 => Event::Named(noisy("one"), noisy("two")),
        1 => Event::Counted(4, noisy("three")),
        _ => Event::Ended,
    }
}

#[lower]
async fn states_and_events() -> u32 {
    let mut state = State::Asked(noisy("asked"));
    let mut sum = 0;
    for round in 0..3 {
        match (&mut state, next(round).await) {
            (State::Asked(name), Event::Named(one, _)) => {
                sum += name.touch() + one.peek().await;
                state = State::Waiting {
                    accepted: true,
                    name: one,
                };
            }
            (State::Waiting { accepted, name }, Event::Counted(count, extra)) => {
                tick("counted").await;
                *accepted = false;
                sum += count + name.touch();
                drop(extra);
                tick("more").await;
            }
            (
                State::Waiting {
                    accepted: false,
                    name,
                },
                _,
            ) => {
                sum += name.change().await;
            }
            (_, event) => {
                tick("ended").await;
                sum += matches!(event, Event::Ended) as u32;
            }
        }
    }
    sum
}

#[lower]
async fn in_conditions(event: u32) -> u32 {
    let mut states = vec![State::Asked(noisy("asked")), State::Done];
    let mut sum = 0;
    if let (Some(State::Asked(name)), Event::Named(one, two)) =
        (states.first_mut(), next(event).await)
    {
        sum += name.touch() + two.look();
        tick("within").await;
        sum += one.look();
    }
    let (Some(State::Asked(name)), (number, kept)) = (states.first_mut(), (5, noisy("kept")))
    else {
        return leaf("none", 1, 0).await;
    };
    tick("found").await;
    sum += name.touch() + number + kept.look();
    while let (Some(state), Some(Event::Named(one, ..))) =
        (states.last_mut(), Some(next(sum % 2).await))
    {
        *state = State::Asked(one);
        tick("changed").await;
        sum += 1;
    }
    sum
}

// What the pattern has seen behind a reference is gone when the rest is dropped.
#[lower]
async fn text_that_is_gone(get: bool) -> u32 {
    let method = String::from(if get { "get" } else { "put" });
    let body = (noisy("head"), noisy("tail"));
    let mut sum = leaf("start", 1, 1).await;
    match (method.as_str(), body, noisy("extra")) {
        ("get", (head, _), _) => {
            drop(method);
            tick("got").await;
            sum += head.look();
        }
        (_, (_, tail), extra) => {
            drop(method);
            tick("put").await;
            sum += tail.look() + extra.look();
        }
    }
    sum
}

#[lower]
async fn alternatives(which: u32) -> u32 {
    let left = (which == 0).then(|| noisy("left"));
    let right = (which != 0).then(|| noisy("right"));
    let pairs = (left, right, (noisy("kept"), 3));
    tick("before").await;
    let sum = match pairs {
        (Some(one), None, (_, 3)) | (None, Some(one), (_, 3)) => {
            tick("one").await;
            one.look()
        }
        (whole @ Some(_), Some(_), (kept, _)) => {
            tick("two").await;
            kept.look() + u32::from(whole.is_some())
        }
        _ => 0,
    };
    tick("after").await;
    sum
}

struct Frame<'a> {
    state: &'a mut State,
    head: Option<(u32, Noisy)>,
    body: Result<Noisy, Noisy>,
    tail: Noisy,
}

#[lower]
async fn several_constructors(swap: bool) -> u32 {
    let mut state = State::Asked(noisy("asked"));
    let mut sum = 0;
    {
        let frame = Frame {
            state: &mut state,
            head: Some((2, noisy("head"))),
            body: if swap {
                Err(noisy("error"))
            } else {
                Ok(noisy("body"))
            },
            tail: noisy("tail"),
        };
        tick("framed").await;
        match frame {
            Frame {
                state: State::Asked(name),
                head: Some((number, head)),
                body: Ok(body),
                ..
            } => {
                sum += number + name.touch();
                tick("all").await;
                drop(body);
                tick("most").await;
                sum += head.look();
            }
            Frame {
                state,
                body: Err(error),
                head: Some((number, _)),
                ..
            } => {
                *state = State::Asked(error);
                tick("error").await;
                sum += number;
            }
            Frame { tail, .. } => {
                tick("tail").await;
                sum += tail.look();
            }
        }
        tick("behind").await;
    }
    if let State::Asked(name) = &mut state {
        sum += name.touch();
    }
    sum
}

#[lower]
async fn several_constructors_in_order() -> u32 {
    several_constructors(false).await + leaf("last", 1, 1).await
}

#[lower]
async fn guarded_beside_shared(limit: u32) -> u32 {
    let states = [State::Asked(noisy("asked")), State::Done];
    let events = (&states[0], (noisy("one"), noisy("two"), 4));
    tick("before").await;
    match events {
        (State::Asked(name), (one, _, number)) if number > limit && name.look() > 0 => {
            tick("guarded").await;
            one.look() + name.look()
        }
        (State::Asked(_), (_, two, _)) => {
            tick("second").await;
            two.look()
        }
        _ => 0,
    }
}

// A tuple of what is only seen lies behind a reference, too.
#[lower]
async fn tuples_behind_references() -> u32 {
    let mut pair = (
        Some((noisy("left"), noisy("right"))),
        Some((noisy("one"), noisy("two"), 1u32)),
    );
    let mut sum = 0;
    match (&mut pair.0, pair.1) {
        (Some((left, right)), Some((one, _, 1))) => {
            sum += left.touch() + right.touch();
            pair.0 = None;
            tick("changed").await;
            sum += one.look();
        }
        (seen, Some((_, two, _))) => {
            *seen = None;
            tick("other").await;
            sum += two.look();
        }
        _ => {}
    }
    tick("after").await;
    sum
}

cases! {
    tuples_behind_references(),
    constants_behind_references(1), moved_beside_borrowed(1), states_and_events(), in_conditions(0), text_that_is_gone(true), alternatives(1), several_constructors(true),
    several_constructors_in_order(), guarded_beside_shared(2),
}
