//! In which state a future is, seen from outside.

use std::future::{Future, pending};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use state_future::{Phase, StateFuture, machine_of, state_future};

use crate::support::pause;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The chain's functions, states and awaited expressions.
fn chain(
    future: &dyn StateFuture<Output = u32>,
) -> Vec<(&'static str, &'static str, Option<&'static str>)> {
    let state = future.state();
    state
        .chain()
        .map(|state| (state.function(), state.name(), state.awaits()))
        .collect()
}

#[state_future]
async fn outer(number: u32) -> u32 {
    let mut buffer = vec![number];
    middle(&mut buffer).await;
    pause().await;
    buffer.iter().sum()
}

#[state_future(named)]
async fn middle(buffer: &mut Vec<u32>) {
    pause().await;
    buffer.push(2);
    innermost(buffer, "text").await;
    buffer.push(3);
}

#[state_future]
async fn innermost(buffer: &mut Vec<u32>, text: &'static str) -> usize {
    pause().await;
    buffer.push(text.len() as u32);
    pause().await;
    buffer.len()
}

#[test]
fn every_state_of_a_chain() {
    let mut future = pin!(outer(1));
    assert_eq!(chain(&*future), [("outer", "Start", None)]);
    assert!(future.state().is_initial());
    let middle = ("outer", "Middle", Some("middle(&mut buffer)"));
    let innermost = ("middle", "Innermost", Some("innermost(buffer, \"text\")"));
    let pausing = Some("pause()");
    let expected = [
        vec![middle, ("middle", "Pause", pausing)],
        vec![middle, innermost, ("innermost", "Pause", pausing)],
        vec![middle, innermost, ("innermost", "Pause2", pausing)],
        vec![("outer", "Pause", pausing)],
    ];
    for expected in expected {
        assert!(poll(future.as_mut()).is_pending());
        assert!(future.state().is_suspended());
        assert_eq!(chain(&*future), expected);
    }
    assert_eq!(poll(future.as_mut()), Poll::Ready(1 + 2 + 4 + 3));
    assert!(future.state().is_ended());
    assert_eq!(chain(&*future), [("outer", "Returned", None)]);
}

#[test]
fn printed_with_file_line_and_column() {
    let mut future = pin!(outer(1));
    let (_, line) = (poll(future.as_mut()), line!());
    let text = format!("{future:?}");
    let (first, second) = text.split_once(" > ").unwrap();
    let place = |text: &str, function: &str, source: &str| {
        let place = text.strip_prefix(&format!("{function} at ")).unwrap();
        let mut place = place.strip_suffix(source).unwrap().trim().rsplitn(3, ':');
        let column: u32 = place.next().unwrap().parse().unwrap();
        let found: u32 = place.next().unwrap().parse().unwrap();
        assert!(place.next().unwrap().ends_with("printed.rs"));
        (found, column)
    };
    let (first, column) = place(first, "outer", "middle(&mut buffer)");
    assert_eq!(column, 25);
    let (second, column) = place(second, "middle", "pause()");
    assert_eq!((second, column), (first + 7, 13));
    assert!(second < line);
    assert_eq!(future.state().to_string(), text);
}

#[state_future]
async fn panics() {
    pause().await;
    panic!("on purpose");
}

#[test]
fn panicked() {
    let mut future = Box::pin(panics());
    assert!(poll(future.as_mut()).is_pending());
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| poll(future.as_mut())));
    assert!(caught.is_err());
    assert_eq!(future.state().phase(), Phase::Panicked);
    assert_eq!(future.state().name(), "Panicked");
}

#[state_future]
async fn through_pointers(number: u32) -> u32 {
    let boxed: Pin<Box<dyn StateFuture<Output = u32>>> = Box::pin(outer(number));
    let first = boxed.await;
    let pinned = pin!(outer(first));
    pinned.await
}

#[test]
fn chains_go_through_pointers() {
    let mut future = pin!(through_pointers(1));
    assert!(poll(future.as_mut()).is_pending());
    let names: Vec<_> = chain(&*future)
        .iter()
        .map(|(function, ..)| *function)
        .collect();
    assert_eq!(names, ["through_pointers", "outer", "middle"]);
    while future.state().awaits() == Some("boxed") {
        assert!(poll(future.as_mut()).is_pending());
    }
    let names: Vec<_> = chain(&*future)
        .iter()
        .map(|(function, ..)| *function)
        .collect();
    assert_eq!(names, ["through_pointers", "outer", "middle"]);
}

/// Says which state a machine is in while something it awaits writes to its variable.
#[state_future]
async fn lends_to_a_writer() -> u32 {
    let mut number = 0;
    let counted = &mut number;
    std::future::poll_fn(|_| {
        *counted += 1;
        if *counted == 4 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    number
}

#[test]
fn reading_the_state_leaves_borrows_alone() {
    let mut future = pin!(lends_to_a_writer());
    for _ in 0..3 {
        assert!(poll(future.as_mut()).is_pending());
        assert_eq!(future.state().name(), "PollFn");
    }
    assert_eq!(poll(future.as_mut()), Poll::Ready(4));
}

struct Client(u32);

#[state_future]
impl Client {
    async fn retries(&self, tries: u32) -> Result<u32, ()> {
        for number in 0..tries {
            if number == self.0 {
                return Ok(number);
            }
            pause().await;
        }
        pending::<()>().await;
        Err(())
    }
}

#[test]
fn the_picture_of_a_machine() {
    let machine = machine_of!(Client::retries);
    assert_eq!(machine.function, "retries");
    let names: Vec<_> = machine.states.iter().map(|state| state.name).collect();
    assert_eq!(names, ["Start", "Pause", "Pending", "Returned", "Panicked"]);
    assert_eq!(
        machine.transitions,
        [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (2, 3)]
    );
    let pause = &machine.states[1];
    let names: Vec<_> = pause
        .variables
        .iter()
        .map(|variable| variable.name)
        .collect();
    assert!(
        names.contains(&"number") && names.contains(&"pause"),
        "{names:?}"
    );
    let sizes: usize = pause.variables.iter().map(|variable| variable.size).sum();
    assert!(sizes < machine.size);
    let client = Client(1);
    assert_eq!(size_of_val(&client.retries(1)), machine.size);
}

#[test]
fn diagrams() {
    #[state_future]
    async fn twice(number: u32) -> u32 {
        pause().await;
        number * 2
    }
    let machine = machine_of!(twice);
    assert_eq!(
        machine.mermaid().to_string(),
        "stateDiagram-v2\n    Pause: Pause pause()\n    [*] --> Start\n    Start --> Pause\n    Pause --> Returned\n    \
         Returned --> [*]\n"
    );
    assert_eq!(
        machine.dot().to_string(),
        "digraph \"twice\" {\n    \"Start\" [shape=box, label=\"Start\\lnumber: 4\"];\n    \
         \"Pause\" [shape=box, label=\"Pause\\npause()\\lnumber: 4\\lpause: 1\"];\n    \
         \"Returned\" [shape=box, label=\"Returned\"];\n    \"Start\" -> \"Pause\";\n    \"Pause\" -> \"Returned\";\n}\n"
    );
    let pause = &machine.states[1];
    let (file, line) = (pause.location.file(), pause.location.line());
    assert_eq!(
        machine.to_string(),
        format!(
            "twice: {} bytes\n  Start\n      number: 4 bytes\n    -> Pause\n  \
             Pause waits for `pause()` at {file}:{line}\n      number: 4 bytes\n      pause: 1 bytes (awaited)\n    \
             -> Returned\n  Returned\n  Panicked\n",
            machine.size
        )
    );
}

/// Names and texts that mean something to the languages of the diagrams.
#[test]
fn words_of_the_diagrams_languages() {
    async fn state(_: &str) {}
    async fn note<T>(_: T) {}

    #[state_future]
    async fn node() {
        state("a: \"b\"\\").await;
        note::<Vec<u8>>(vec![1]).await;
    }
    let machine = machine_of!(node);
    assert_eq!(
        machine.mermaid().to_string(),
        "stateDiagram-v2\n    State_: State state(#34;a#58; #92;#34;b#92;#34;#92;#92;#34;)\n    \
         Note_: Note note#58;#58;#60;Vec#60;u8#62;#62;(vec![1])\n    [*] --> Start\n    Start --> State_\n    \
         State_ --> Note_\n    Note_ --> Returned\n    Returned --> [*]\n"
    );
    let dot = machine.dot().to_string();
    assert!(
        dot.starts_with("digraph \"node\" {")
            && dot.contains(r#"label="State\nstate(\"a: \\\"b\\\"\\\\\")"#),
        "{dot}"
    );
}

/// What is shown of a method, under the names that the source has.
#[test]
fn variables_are_named_as_in_the_source() {
    let picture = machine_of!(Client::retries);
    let names = |at: usize| -> Vec<_> {
        let variables = picture.states[at].variables.iter();
        let mut names: Vec<_> = variables.map(|variable| variable.name).collect();
        // They stand as they lie.
        names.sort_unstable();
        names
    };
    assert_eq!(names(0), ["self", "tries"]);
    #[state_future]
    async fn hides(number: String) -> usize {
        let number = number.len();
        pause().await;
        number
    }
    let picture = machine_of!(hides);
    assert!(
        picture.states[1]
            .variables
            .iter()
            .any(|variable| variable.name == "number" && variable.size == size_of::<usize>())
    );
}

#[test]
fn it_takes_no_room() {
    // A future that awaits the smallest one there is: the tag, and what `pause` keeps.
    #[state_future]
    async fn small() {
        pause().await;
    }
    assert_eq!(size_of_val(&small()), 2);

    #[state_future]
    #[derive(Debug)]
    async fn small_and_printed() {
        pause().await;
    }
    assert_eq!(size_of_val(&small_and_printed()), 2);
}
