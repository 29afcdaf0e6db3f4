//! Machines written down while they are suspended, and read again: as text, as bytes, and when what is read is not what was
//! written.

#[path = "saved/versions.rs"]
mod versions;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use serde::{Deserialize, Serialize};
use state_future::{Saved, StateFuture, state_future};

/// Suspends as often as it says.
#[derive(Serialize, Deserialize)]
struct Turns(u8);

impl Future for Turns {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(rest) => {
                self.0 = rest;
                Poll::Pending
            }
        }
    }
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return output;
        }
    }
}

/// Variables that are there, consumed, or there on some paths; a machine within the machine.
#[state_future(named)]
#[derive(Serialize, Deserialize)]
async fn workflow(name: String, count: u8, consume: bool) -> Vec<String> {
    let mut done = Vec::new();
    let extra = format!("{name}!");
    if consume {
        done.push(extra);
    }
    for number in 0..count {
        let line = format!("{name} {number}");
        step(number).await;
        done.push(line);
    }
    let greeting = name.into_bytes();
    Turns(1).await;
    done.push(greeting.len().to_string());
    done
}

#[state_future(named)]
#[derive(Serialize, Deserialize)]
async fn step(number: u8) {
    Turns(number % 3).await;
    let half = number / 2;
    Turns(half % 2).await;
}

/// The workflow after so many polls.
fn suspended(polls: usize, consume: bool) -> Pin<Box<Workflow>> {
    let mut future = Box::pin(workflow("ada".into(), 3, consume));
    for _ in 0..polls {
        assert!(poll(future.as_mut()).is_pending());
    }
    future
}

/// How many polls leave it suspended.
fn polls(consume: bool) -> usize {
    let mut future = suspended(0, consume);
    (0..)
        .find(|_| poll(future.as_mut()).is_ready())
        .unwrap_or_default()
}

#[test]
fn goes_on_where_it_was_saved() {
    for consume in [false, true] {
        let expected = finish(workflow("ada".into(), 3, consume));
        for polls in 0..=polls(consume) {
            let original = suspended(polls, consume);
            let text = serde_json::to_string(&*original).unwrap();
            let read: Workflow = serde_json::from_str(&text).unwrap();
            assert_eq!(read.state().to_string(), original.state().to_string());
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            assert_eq!(finish(read), expected, "{text}");
            let bytes = postcard::to_allocvec(&*original).unwrap();
            assert_eq!(
                finish(postcard::from_bytes::<Workflow>(&bytes).unwrap()),
                expected
            );
            assert_eq!(finish(original), expected);
        }
    }
}

#[test]
fn an_ended_machine_has_ended() {
    let mut future = suspended(0, false);
    while poll(future.as_mut()).is_pending() {}
    let text = serde_json::to_string(&*future).unwrap();
    assert!(
        text.contains(r#""state":"Returned""#) && text.ends_with(r#""variables":{}}"#),
        "{text}"
    );
    let read: Workflow = serde_json::from_str(&text).unwrap();
    assert!(read.state().is_ended());
}

#[test]
fn the_form_is_plain_and_named() {
    let mut future = Box::pin(step(5));
    assert!(poll(future.as_mut()).is_pending());
    let value: serde_json::Value = serde_json::to_value(&*future).unwrap();
    assert_eq!(value["machine"], "step");
    assert_eq!(value["state"], "Turns");
    assert_eq!(
        value["variables"],
        serde_json::json!({ "number": 5, "turns": 1 })
    );
    assert_eq!(value["code"].as_str().unwrap().len(), 16);
}

/// The fields of every object in the order in which PostgreSQL's `jsonb` gives them back: shorter ones first.
fn as_jsonb(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| (name.len(), name.as_bytes().to_vec()));
            let fields = fields
                .into_iter()
                .map(|(name, value)| format!("\"{name}\": {}", as_jsonb(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        serde_json::Value::Array(items) => {
            let items: Vec<_> = items.iter().map(as_jsonb).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

#[test]
fn the_order_of_jsonb_is_read() {
    for polls in 0..=polls(false) {
        let original = suspended(polls, false);
        let text = as_jsonb(&serde_json::to_value(&*original).unwrap());
        assert!(text.starts_with(r#"{"code": "#), "{text}");
        let read: Workflow = serde_json::from_str(&text).expect(&text);
        assert_eq!(read.state().to_string(), original.state().to_string());
        assert_eq!(finish(read), finish(original));
    }
}

/// What reading the edited form says.
fn refused(edit: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut future = Box::pin(step(5));
    assert!(poll(future.as_mut()).is_pending());
    let mut value = serde_json::to_value(&*future).unwrap();
    edit(&mut value);
    match serde_json::from_value::<Step>(value) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_does_not_fit_is_said() {
    assert_eq!(refused(|_| ()), "accepted");
    assert_eq!(
        refused(|value| value["machine"] = "workflow".into()),
        "this is a saved `workflow`, not a `step`"
    );
    assert_eq!(
        refused(|value| value["state"] = "Sleep".into()),
        "`step` has no state `Sleep`"
    );
    assert_eq!(
        refused(|value| value["state"] = "Turns2".into()),
        "missing field `turns_2`"
    );
    assert_eq!(
        refused(|value| value["code"] = "zz".into()),
        "`step`: `code` is not a fingerprint"
    );
    assert_eq!(
        refused(|value| value["variables"].as_object_mut().unwrap().clear()),
        "missing field `number`"
    );
    assert_eq!(
        refused(|value| value["variables"]["number"] = 256.into()),
        "invalid value: integer `256`, expected u8"
    );
    assert_eq!(
        refused(|value| value["variables"]["more"] = 1.into()),
        "accepted"
    );
    for field in ["code", "state", "machine", "variables"] {
        let error = refused(|value| drop(value.as_object_mut().unwrap().remove(field)));
        assert!(error.contains(field), "{error}");
    }
    let other_code = refused(|value| value["code"] = "0123456789abcdef".into());
    assert!(
        other_code.starts_with(
            "`step` was saved in the state `Turns` by other code (0123456789abcdef, now "
        ),
        "{other_code}"
    );
    let twice = r#"{"code":"0","code":"0","state":"Turns","machine":"step","variables":{}}"#;
    assert!(serde_json::from_str::<Step>(twice).is_err());
}

#[test]
fn changed_code_is_refused_and_its_layout_is_not() {
    let mut future = Box::pin(versions::first::job(3));
    assert!(poll(future.as_mut()).is_pending());
    let text = serde_json::to_string(&*future).unwrap();
    let same = serde_json::from_str::<versions::laid_out_otherwise::Job>(&text);
    assert_eq!(finish(same.unwrap()), 4);
    let errors = [
        serde_json::from_str::<versions::doing_something_else::Job>(&text).err(),
        serde_json::from_str::<versions::waiting_for_something_else::Job>(&text).err(),
        serde_json::from_str::<versions::taking_something_else::Job>(&text).err(),
    ];
    for error in errors {
        let error = error.expect("refused").to_string();
        assert!(
            error.starts_with("`job` was saved in the state `Turns` by other code ("),
            "{error}"
        );
    }
}

/// The state that was called otherwise once.
fn renamed(saved: &Saved<'_>) -> Option<&'static str> {
    (saved.machine == "migrated" && saved.state == "Sleep" && saved.code == 7).then_some("Turns")
}

#[state_future(named, migrate = renamed)]
#[derive(Serialize, Deserialize)]
async fn migrated(number: u8) -> u8 {
    Turns(1).await;
    number
}

#[test]
fn a_migration_tells_the_state() {
    let saved = |code: &str, state: &str| {
        let text = format!(
            r#"{{"code":"{code}","state":"{state}","machine":"migrated","variables":{{"number":3,"old":[],"turns":1}}}}"#
        );
        serde_json::from_str::<Migrated>(&text)
    };
    assert_eq!(finish(saved("7", "Sleep").unwrap()), 3);
    assert!(saved("8", "Sleep").is_err());
    assert!(saved("7", "Other").is_err());
}

/// Random numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }
}

/// Changes some bytes, or leaves some out, or puts some of another input among them.
fn mutated(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            2 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            3 if at < bytes.len() => drop(bytes.remove(at)),
            4 => {
                let from = random.below(other.len());
                let to = from + random.below(other.len() - from);
                let rest = bytes.split_off(at.min(bytes.len()));
                bytes.extend_from_slice(&other[from..to]);
                bytes.extend(rest);
            }
            _ => bytes.insert(at.min(bytes.len()), b"0123456789{}[]\",:"[random.below(17)]),
        }
    }
    bytes
}

/// `MUTATIONS=10000000` makes ten times as many.
#[test]
fn mutated_inputs_are_read_or_refused() {
    let count: usize =
        std::env::var("MUTATIONS").map_or(1_000_000, |count| count.parse().expect("a number"));
    let machines: Vec<_> = [false, true]
        .into_iter()
        .flat_map(|consume| (0..=polls(consume)).map(move |polls| suspended(polls, consume)))
        .collect();
    let texts: Vec<_> = machines
        .iter()
        .map(|machine| serde_json::to_vec(&**machine).unwrap())
        .collect();
    let blobs: Vec<_> = machines
        .iter()
        .map(|machine| postcard::to_allocvec(&**machine).unwrap())
        .collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut read, mut refused) = (0, 0);
    for round in 0..count {
        let inputs = if round % 2 == 0 { &texts } else { &blobs };
        let (one, other) = (random.below(inputs.len()), random.below(inputs.len()));
        let input = mutated(&inputs[one], &inputs[other], &mut random);
        let machine = if round % 2 == 0 {
            serde_json::from_slice::<Workflow>(&input).ok()
        } else {
            postcard::from_bytes::<Workflow>(&input).ok()
        };
        match machine {
            Some(machine) if machine.state().is_ended() => read += 1,
            Some(machine) => {
                // Whatever was read is a machine like any other.
                let _: Vec<String> = finish(machine);
                read += 1;
            }
            None => refused += 1,
        }
    }
    println!("{count} inputs: {read} read, {refused} refused");
    assert!(read > 0 && refused > count / 2);
}
