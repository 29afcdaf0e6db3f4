//! The body as nested blocks of operations: awaits stand alone, and everything between them is Rust that does not await.

use syn::{Expr, Pat, Stmt, Type};

use crate::resolve::VariableId;

/// Names the target of lowered `break`s and `continue`s.
pub type LabelId = usize;

/// A scope. Its variables are dropped at its end, in reverse order of their declaration.
#[derive(Default)]
pub struct Block {
    /// Variables that exist from the block's beginning: parameters, or what a match arm binds.
    pub bound: Vec<VariableId>,
    /// Items that the block's pieces each have for themselves.
    pub items: Vec<syn::Item>,
    /// Temporaries of the tail, but for those of a block that is an operand, which has them in the block around it: up to edition 2021 they outlive the block's variables, since 2024 they do not.
    pub tail_temporaries: Vec<VariableId>,
    pub operations: Vec<Operation>,
    /// The block's value.
    pub tail: Option<Expr>,
    /// Nothing after the operations is reached.
    pub diverges: bool,
}

/// Something that happens in a block.
// A few of these exist for a moment; boxing each expression would make all that read them longer.
#[allow(clippy::large_enum_variant)]
pub enum Operation {
    /// A variable begins to exist, without a value.
    Declare(VariableId),
    /// `let pattern: ty = value else { otherwise };`
    Let {
        pattern: Pat,
        ty: Option<Type>,
        value: Expr,
        otherwise: Option<Block>,
        variables: Vec<VariableId>,
    },
    /// An expression evaluated for its effect.
    Evaluate(Expr),
    /// An item or a macro that stays as it is.
    Verbatim(Stmt),
    /// `output = operand.await`
    Await(Box<Await>),
    /// A temporary of the tail begins, which ends with the tail since edition 2024.
    TailBegins { tail: LabelId, variable: VariableId },
    /// The statement that these temporaries belong to ends: they are dropped, the last one first.
    EndOfStatement(Vec<VariableId>),
    /// A block with awaits in it.
    Scope {
        block: Block,
        destination: Option<VariableId>,
    },
    /// `if`, with awaits in the branches.
    If {
        condition: Expr,
        then: Block,
        otherwise: Block,
        destination: Option<VariableId>,
        join: LabelId,
    },
    /// `match`, with awaits in the arms.
    Match {
        scrutinee: Scrutinee,
        arms: Vec<Arm>,
        destination: Option<VariableId>,
        join: LabelId,
    },
    /// `loop`, with awaits in it.
    Loop {
        label: LabelId,
        block: Block,
        destination: Option<VariableId>,
        has_break: bool,
    },
    /// A block that `break` leaves, with awaits in it.
    Labelled {
        label: LabelId,
        block: Block,
        destination: Option<VariableId>,
    },
}

/// A suspension point.
pub struct Await {
    pub operand: Expr,
    pub future: VariableId,
    pub output: VariableId,
    /// The awaited source text.
    pub source: String,
    pub span: proc_macro2::Span,
}

/// What a lowered `match` looks at.
pub enum Scrutinee {
    /// A place, or a value whose parts all go to the bindings of whichever arm matches.
    Direct(Expr),
    /// A variable that an arm may take apart; an arm that takes nothing gives it back.
    Lent { variable: VariableId, expr: Expr },
}

/// An arm of a lowered `match`.
pub struct Arm {
    pub pattern: Pat,
    pub guard: Option<Expr>,
    /// The arm binds nothing by value, so that a lent scrutinee stays whole.
    pub gives_back: bool,
    pub block: Block,
}

impl Operation {
    /// The blocks in it.
    pub fn blocks(&self) -> Vec<&Block> {
        match self {
            Operation::Let { otherwise, .. } => otherwise.iter().collect(),
            Operation::Scope { block, .. }
            | Operation::Loop { block, .. }
            | Operation::Labelled { block, .. } => vec![block],
            Operation::If {
                then, otherwise, ..
            } => vec![then, otherwise],
            Operation::Match { arms, .. } => arms.iter().map(|arm| &arm.block).collect(),
            Operation::Declare(_)
            | Operation::Evaluate(_)
            | Operation::Verbatim(_)
            | Operation::Await(_)
            | Operation::TailBegins { .. }
            | Operation::EndOfStatement(_) => Vec::new(),
        }
    }

    /// The variable that gets the value of its blocks.
    pub fn destination(&self) -> Option<VariableId> {
        match self {
            Operation::Scope { destination, .. }
            | Operation::Loop { destination, .. }
            | Operation::Labelled { destination, .. }
            | Operation::If { destination, .. }
            | Operation::Match { destination, .. } => *destination,
            _ => None,
        }
    }

    /// The expressions that it evaluates outside of its blocks.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Operation::Let { value: expr, .. }
            | Operation::Evaluate(expr)
            | Operation::If {
                condition: expr, ..
            } => vec![expr],
            Operation::Await(suspension) => vec![&suspension.operand],
            Operation::Match {
                scrutinee, arms, ..
            } => {
                let (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }) = scrutinee;
                let guards = arms.iter().filter_map(|arm| arm.guard.as_ref());
                std::iter::once(expr).chain(guards).collect()
            }
            Operation::Declare(_)
            | Operation::Verbatim(_)
            | Operation::Scope { .. }
            | Operation::Loop { .. }
            | Operation::Labelled { .. }
            | Operation::TailBegins { .. }
            | Operation::EndOfStatement(_) => Vec::new(),
        }
    }

    /// Whether running it may suspend.
    pub fn suspends(&self) -> bool {
        matches!(
            self,
            Operation::Await(_)
                | Operation::Scope { .. }
                | Operation::If { .. }
                | Operation::Match { .. }
                | Operation::Loop { .. }
                | Operation::Labelled { .. }
        )
    }
}
