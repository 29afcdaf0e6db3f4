//! What is known of the variables at a point of the program being written: enough of rustc's rules of moves and
//! borrows that it accepts most programs. What slips through is thrown away later.

use super::Type;

/// Whether a variable holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Full,
    /// It never did.
    Declared,
    /// Its value has been moved away.
    Empty,
    /// That depends on the path.
    Unclear,
    /// These fields of its value, one bit each, have been moved away.
    Partial(u8),
    /// A borrow that has ended, as what it borrows was used otherwise.
    Ended,
}

/// A borrow of a variable that something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// The variable.
    pub of: usize,
    /// By `&mut`.
    pub exclusive: bool,
}

/// How an expression uses a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads, copies or borrows it.
    Read,
    /// Changes it or borrows it mutably.
    Write,
    /// Moves its value away.
    Move,
}

/// A variable of the program.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Declared `mut`.
    pub mutable: bool,
    /// Whether it holds a value.
    pub state: State,
    /// How many loops are around its declaration.
    pub loops: usize,
    /// No later variable has taken its name.
    pub visible: bool,
    /// What it borrows.
    pub loans: Vec<Loan>,
}

/// A loop or labelled block that can be left.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Its label with the quote, empty if it has none.
    pub label: String,
    /// Whether `continue` is possible.
    pub is_loop: bool,
    /// The type of what `break` takes along.
    pub value: Type,
    /// How many variables there were before it.
    pub variables: usize,
    /// How many loops are around its inside.
    pub loops: usize,
    /// The states of the variables before it, at each `break`.
    pub states: Vec<Vec<State>>,
}

/// The variables in scope and what holds on to them.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// All variables in scope, shadowed ones too.
    pub variables: Vec<Variable>,
    /// What the temporaries of the statement hold until its end.
    pub pending: Vec<Loan>,
    /// What the finished operands of the calls around hold.
    pub held: Vec<Loan>,
    /// The variables that have been used, in order.
    pub touched: Vec<usize>,
    /// The loops and labelled blocks around.
    pub exits: Vec<Exit>,
    /// How many loops are around.
    pub loops: usize,
    /// Variables with a smaller number are captured, so that no value can be given to an empty one.
    pub captured: usize,
    /// Control does not get here.
    pub diverged: bool,
    /// What is written now is the guard of an arm, which moves nothing.
    pub within_guard: bool,
    /// What is written now leaves all loops inside so many, so that moving out of them is fine.
    pub leaving: Option<usize>,
}

impl Environment {
    /// The variables with this type that can be used in this way.
    pub fn usable(&self, access: Access, fits: impl Fn(&Type) -> bool) -> Vec<usize> {
        (0..self.variables.len())
            .filter(|&index| fits(&self.variables[index].ty) && self.allows(index, access))
            .collect()
    }

    /// Whether rustc would accept this use of a variable.
    pub fn allows(&self, index: usize, access: Access) -> bool {
        self.variables[index].state == State::Full && self.allows_part(index, access)
    }

    /// Whether rustc would accept this use of what has not been moved away of a variable.
    pub fn allows_part(&self, index: usize, access: Access) -> bool {
        let variable = &self.variables[index];
        variable.visible
            && match access {
                Access::Read => true,
                Access::Write => variable.mutable || matches!(variable.ty, Type::Exclusive(_)),
                Access::Move => {
                    variable.ty.is_copy() || (self.may_move(index) && !self.within_guard)
                }
            }
            && self.is_free(index, access)
    }

    /// Whether the loops around allow that a variable is moved or its borrow ended.
    fn may_move(&self, index: usize) -> bool {
        let loops = self.leaving.unwrap_or(self.loops);
        self.variables[index].loops >= loops
    }

    /// Whether no borrow that must last forbids this use.
    fn is_free(&self, index: usize, access: Access) -> bool {
        let conflicts =
            |loan: &Loan| loan.of == index && (loan.exclusive || access != Access::Read);
        !self.pending.iter().chain(&self.held).any(conflicts)
            && self.variables.iter().enumerate().all(|(holder, variable)| {
                !matches!(
                    variable.state,
                    State::Full | State::Unclear | State::Partial(_)
                ) || !variable.loans.iter().any(conflicts)
                    || (!variable.ty.needs_drop() && self.may_move(holder))
            })
    }

    /// Whether a variable may be given a new value.
    pub fn assignable(&self, index: usize) -> bool {
        let variable = &self.variables[index];
        variable.visible
            && match variable.state {
                State::Full => variable.mutable && self.is_free(index, Access::Write),
                State::Empty | State::Unclear | State::Partial(_) => {
                    index >= self.captured && variable.mutable
                }
                State::Declared => {
                    index >= self.captured && (variable.mutable || self.may_move(index))
                }
                State::Ended => false,
            }
    }

    /// Takes note of a use.
    pub fn touch(&mut self, index: usize, access: Access) {
        self.touched.push(index);
        for variable in &mut self.variables {
            let ends = variable
                .loans
                .iter()
                .any(|loan| loan.of == index && (loan.exclusive || access != Access::Read));
            if ends && !variable.ty.needs_drop() {
                variable.state = State::Ended;
            }
        }
        let variable = &mut self.variables[index];
        if access == Access::Move && !variable.ty.is_copy() {
            variable.state = State::Empty;
        }
    }

    /// Takes note of a new value.
    pub fn assign(&mut self, index: usize, loans: Vec<Loan>) {
        self.touch(index, Access::Write);
        let variable = &mut self.variables[index];
        variable.state = State::Full;
        variable.loans = loans;
    }

    /// What a borrow of a variable holds on to: itself, and what it borrows in turn.
    pub fn borrow(&self, index: usize, exclusive: bool) -> Vec<Loan> {
        let mut loans = vec![Loan {
            of: index,
            exclusive,
        }];
        loans.extend(self.variables[index].loans.iter().copied());
        loans
    }

    /// Declares a variable. An older one of the same name can no longer be named.
    pub fn declare(&mut self, variable: Variable) {
        for older in &mut self.variables {
            older.visible &= older.name != variable.name;
        }
        self.variables.push(variable);
    }

    /// Ends the scope of all variables but the first `count`.
    pub fn close(&mut self, count: usize, visible: &[bool]) {
        self.variables.truncate(count);
        for (variable, &visible) in self.variables.iter_mut().zip(visible) {
            variable.visible = visible;
            if variable.loans.iter().any(|loan| loan.of >= count) {
                variable.state = State::Ended;
                variable.loans.clear();
            }
        }
        self.pending.retain(|loan| loan.of < count);
    }

    /// Which variables can be named.
    pub fn visibility(&self) -> Vec<bool> {
        self.variables
            .iter()
            .map(|variable| variable.visible)
            .collect()
    }

    /// The states of the first `count` variables.
    pub fn states(&self, count: usize) -> Vec<State> {
        self.variables[..count]
            .iter()
            .map(|variable| variable.state)
            .collect()
    }

    /// Goes back to these states.
    pub fn restore(&mut self, states: &[State]) {
        for (variable, &state) in self.variables.iter_mut().zip(states) {
            variable.state = state;
        }
    }

    /// Goes on where several paths meet. No path at all means that control does not get here.
    pub fn join(&mut self, paths: &[Vec<State>]) {
        self.diverged = paths.is_empty();
        for (index, variable) in self.variables.iter_mut().enumerate() {
            let mut states = paths.iter().map(|states| states[index]);
            if let Some(first) = states.next() {
                variable.state = states.fold(first, meet);
            }
        }
    }
}

/// What is known of a variable where two paths meet.
fn meet(left: State, right: State) -> State {
    match (left, right) {
        (left, right) if left == right => left,
        (State::Ended, _) | (_, State::Ended) => State::Ended,
        _ => State::Unclear,
    }
}
