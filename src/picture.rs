//! A machine's states and transitions, as they are known before it runs.

use core::fmt::{self, Display, Formatter};
use core::panic::Location;

use crate::state::Phase;

/// A machine as it was lowered: for documentation, diagrams and tests. [`machine_of!`](crate::machine_of) gives it.
#[derive(Debug)]
pub struct MachinePicture {
    /// The function's name.
    pub function: &'static str,
    /// The size of the whole machine in bytes.
    pub size: usize,
    /// The states, in the order of the source; the last two are `Returned` and `Panicked`.
    pub states: &'static [StatePicture],
    /// From which state to which one poll can lead, by index. From any state a panic leads to `Panicked`, which is not listed.
    pub transitions: &'static [(usize, usize)],
}

/// One of a machine's states.
#[derive(Debug)]
pub struct StatePicture {
    /// Its name.
    pub name: &'static str,
    /// What part of a future's life it belongs to.
    pub phase: Phase,
    /// The source text of what it waits for, without `.await`.
    pub awaits: Option<&'static str>,
    /// Where the `.await` stands; where the function begins if it does not wait.
    pub location: &'static Location<'static>,
    /// The variables that it may hold.
    pub variables: &'static [VariablePicture],
}

/// A variable that lives in a state.
#[derive(Debug)]
pub struct VariablePicture {
    /// Its name.
    pub name: &'static str,
    /// The size of its place in bytes.
    pub size: usize,
    /// Whether it is the future that the state waits for.
    pub is_awaited: bool,
    /// Whether it holds its value still: the expression that mentions it last may have consumed it before the state.
    pub is_held: bool,
}

impl StatePicture {
    /// The variables that it does hold.
    fn held(&self) -> impl Iterator<Item = &VariablePicture> {
        self.variables.iter().filter(|variable| variable.is_held)
    }
}

impl MachinePicture {
    /// As a [Mermaid](https://mermaid.js.org) state diagram.
    pub fn mermaid(&self) -> impl Display + use<'_> {
        Mermaid(self)
    }

    /// As a [Graphviz](https://graphviz.org) graph.
    pub fn dot(&self) -> impl Display + use<'_> {
        Dot(self)
    }

    fn edges(&self) -> impl Iterator<Item = (&StatePicture, &StatePicture)> {
        let edges = self.transitions.iter();
        edges.map(|(from, to)| (&self.states[*from], &self.states[*to]))
    }
}

/// The states with what they wait for and hold, and where they lead.
impl Display for MachinePicture {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}: {} bytes", self.function, self.size)?;
        for (index, state) in self.states.iter().enumerate() {
            write!(formatter, "  {}", state.name)?;
            if let Some(source) = state.awaits {
                let (file, line) = (state.location.file(), state.location.line());
                write!(formatter, " waits for `{source}` at {file}:{line}")?;
            }
            writeln!(formatter)?;
            for variable in state.held() {
                let awaited = if variable.is_awaited {
                    " (awaited)"
                } else {
                    ""
                };
                writeln!(
                    formatter,
                    "      {}: {} bytes{awaited}",
                    variable.name, variable.size
                )?;
            }
            let next = self.transitions.iter().filter(|(from, _)| *from == index);
            for (_, to) in next {
                writeln!(formatter, "    -> {}", self.states[*to].name)?;
            }
        }
        Ok(())
    }
}

struct Mermaid<'a>(&'a MachinePicture);

impl Display for Mermaid<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "stateDiagram-v2")?;
        for state in self.0.states {
            let (name, id) = (state.name, MermaidId(state.name));
            if let Some(source) = state.awaits {
                let source = Escaped(source, Style::Mermaid);
                writeln!(formatter, "    {id}: {name} {source}")?;
            }
        }
        writeln!(formatter, "    [*] --> Start")?;
        for (from, to) in self.0.edges() {
            let (from, to) = (MermaidId(from.name), MermaidId(to.name));
            writeln!(formatter, "    {from} --> {to}")?;
        }
        writeln!(formatter, "    Returned --> [*]")
    }
}

/// A state's name, but for those that are words of Mermaid's, in whatever case.
struct MermaidId(&'static str);

const MERMAID_WORDS: [&str; 16] = [
    "acctitle",
    "accdescr",
    "as",
    "class",
    "classdef",
    "click",
    "default",
    "direction",
    "end",
    "fork",
    "hide",
    "join",
    "note",
    "scale",
    "state",
    "style",
];

impl Display for MermaidId {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)?;
        match MERMAID_WORDS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(self.0))
        {
            true => formatter.write_str("_"),
            false => Ok(()),
        }
    }
}

/// Names stand in quotes, as any of them could be a word of Graphviz's.
struct Dot<'a>(&'a MachinePicture);

impl Display for Dot<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "digraph \"{}\" {{", self.0.function)?;
        let lasting = |state: &&StatePicture| state.phase != Phase::Panicked;
        for state in self.0.states.iter().filter(lasting) {
            let name = state.name;
            write!(formatter, "    \"{name}\" [shape=box, label=\"{name}")?;
            if let Some(source) = state.awaits {
                write!(formatter, "\\n{}", Escaped(source, Style::Dot))?;
            }
            for variable in state.held() {
                write!(formatter, "\\l{}: {}", variable.name, variable.size)?;
            }
            writeln!(formatter, "\"];")?;
        }
        for (from, to) in self.0.edges() {
            writeln!(formatter, "    \"{}\" -> \"{}\";", from.name, to.name)?;
        }
        writeln!(formatter, "}}")
    }
}

#[derive(Clone, Copy)]
enum Style {
    Mermaid,
    Dot,
}

/// Source text within a diagram.
struct Escaped(&'static str, Style);

impl Display for Escaped {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for letter in self.0.chars() {
            match (self.1, letter) {
                (Style::Dot, '"' | '\\') => write!(formatter, "\\{letter}")?,
                (Style::Mermaid, '"' | '\\' | ':' | ';' | '#' | '<' | '>' | '{' | '}') => {
                    write!(formatter, "#{};", u32::from(letter))?;
                }
                (_, '\n') => formatter.write_char(' ')?,
                _ => formatter.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// The picture of the machine that a function makes; the function is not called.
///
/// # Panics
/// If the function does not return a machine itself, but a pointer to one.
pub fn picture_of<Arguments, F: MakesMachine<Arguments>>(_function: F) -> &'static MachinePicture {
    F::picture().expect("the function returns a machine, not a pointer to one")
}

/// A function of up to 16 arguments that returns a machine.
pub trait MakesMachine<Arguments> {
    /// The machine's picture.
    fn picture() -> Option<&'static MachinePicture>;
}

macro_rules! makes_machine {
    ($($argument:ident)*) => {
        impl<F, R, $($argument),*> MakesMachine<($($argument,)*)> for F
        where
            F: FnOnce($($argument),*) -> R,
            R: crate::StateFuture,
        {
            fn picture() -> Option<&'static MachinePicture> {
                R::picture()
            }
        }
    };
}

makes_machine!();
makes_machine!(A1);
makes_machine!(A1 A2);
makes_machine!(A1 A2 A3);
makes_machine!(A1 A2 A3 A4);
makes_machine!(A1 A2 A3 A4 A5);
makes_machine!(A1 A2 A3 A4 A5 A6);
makes_machine!(A1 A2 A3 A4 A5 A6 A7);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15);
makes_machine!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16);

/// The [`MachinePicture`] of an annotated function, by the function's path: its states, what each waits for and holds, and
/// which follows which. Nothing is run. `{}` prints it as text, [`mermaid`](MachinePicture::mermaid) and
/// [`dot`](MachinePicture::dot) as diagrams.
///
/// # Examples
///
/// ```
/// use state_future::{machine_of, state_future};
///
/// #[state_future]
/// async fn twice(number: u32) -> u32 {
///     std::future::ready(()).await;
///     number * 2
/// }
///
/// let machine = machine_of!(twice);
/// assert_eq!(machine.states[1].name, "Ready");
/// assert_eq!(machine.transitions, [(0, 1), (1, 2)]);
/// println!("{machine}{}{}", machine.mermaid(), machine.dot());
/// ```
#[macro_export]
macro_rules! machine_of {
    ($function:path) => {
        $crate::__private::picture_of($function)
    };
}
