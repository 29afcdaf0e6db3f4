//! Macros that declare variables, within closures and blocks that stay as they are written as well.

use syn::{Block, Ident, Stmt, parse_quote};

use super::expressions::Resolver;
use crate::macro_calls::{self, Awaiting, Call, Pins, Select, SelectArm};

impl Resolver {
    /// Resolves what a macro that awaits evaluates.
    pub(super) fn awaiting(&mut self, awaiting: &mut Awaiting) -> syn::Result<()> {
        match awaiting {
            Awaiting::Join(join) => self.values(&mut join.operands),
            Awaiting::Race(operands) => self.values(operands),
            Awaiting::Select(select) => self.select(select),
            Awaiting::Poll(operand) => self.value(operand),
            Awaiting::Pending => Ok(()),
        }
    }

    /// A handler sees what its own pattern binds, which no future and no precondition does.
    fn select(&mut self, select: &mut Select) -> syn::Result<()> {
        for arm in &mut select.arms {
            match arm {
                SelectArm::Branch(branch) => {
                    self.value(&mut branch.future)?;
                    if let Some(precondition) = &mut branch.precondition {
                        self.value(&mut precondition.condition)?;
                    }
                    self.open();
                    self.pattern(&mut branch.pattern)?;
                    self.value(&mut branch.handler)?;
                    self.close();
                }
                SelectArm::Fallback(fallback) => self.value(&mut fallback.handler)?,
            }
        }
        Ok(())
    }
}

/// Writes the declarations out that stand as statements of a block.
pub(super) fn write_out_pins(block: &mut Block) {
    let mut statements = Vec::with_capacity(block.stmts.len());
    let count = block.stmts.len();
    for (index, statement) in block.stmts.drain(..).enumerate() {
        if let Stmt::Macro(call) = &statement {
            let is_tail = index + 1 == count && call.semi_token.is_none();
            if let Call::Pins(pins) = macro_calls::read_statement(&call.mac, is_tail) {
                statements.extend(pinned(pins));
                continue;
            }
        }
        statements.push(statement);
    }
    block.stmts = statements;
}

/// What the macro declares.
pub(super) fn pinned(pins: Pins) -> Vec<Stmt> {
    let pairs: Vec<(Ident, Stmt)> = match pins {
        Pins::Variables(names) => names
            .into_iter()
            .map(|name| {
                let moved = parse_quote!(let mut #name = #name;);
                (name, moved)
            })
            .collect(),
        Pins::Declarations(declarations) => declarations
            .into_iter()
            .map(|declaration| {
                let (name, value) = (declaration.name, declaration.value);
                let declared = parse_quote!(let mut #name = #value;);
                (name, declared)
            })
            .collect(),
    };
    pairs
        .into_iter()
        .flat_map(|(name, declared)| [declared, pin(&name)])
        .collect()
}

fn pin(name: &Ident) -> Stmt {
    // SAFETY of the emitted code: the variable that is pinned is shadowed at once, so nothing can move it.
    parse_quote!(let mut #name = unsafe { ::core::pin::Pin::new_unchecked(&mut #name) };)
}
