//! The text of tokens as their author spaced them.

use proc_macro2::{Delimiter, Group, LineColumn, TokenStream, TokenTree};

/// The text of `tokens` on one line: a space stands between two tokens where white space stood in the source, except
/// at the edges of groups spread over lines, whose last comma is left out too, and before a dot that starts a line.
///
/// This is how the compiler's own messages show an expression formatted in the usual way. Where the compiler does not
/// tell positions, the text is that of `TokenStream::to_string`.
pub fn source_text(tokens: &TokenStream) -> String {
    let mut text = Text::default();
    text.write(tokens.clone());
    if text.positioned {
        text.text
    } else {
        tokens.to_string()
    }
}

#[derive(Default)]
struct Text {
    text: String,
    /// Where the last token starts and ends, unless nothing may stand between it and the next one.
    last: Option<(LineColumn, LineColumn)>,
    /// Whether the tokens have positions.
    positioned: bool,
}

impl Text {
    fn write(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => self.group(&group),
                tree => self.token(&tree.to_string(), tree.span().start(), tree.span().end()),
            }
        }
    }

    /// Writes a group. Of its delimiters only the outer positions are sure: a group that was parsed and printed again
    /// has one span for both of them.
    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => return self.write(group.stream()),
        };
        let (start, end) = (group.span().start(), group.span().end());
        let first = group.stream().into_iter().next();
        if first.is_some_and(|first| first.span().start() < start || first.span().start() > end) {
            // Parentheses of the lowering's own, which stand nowhere in the source.
            return self.write(group.stream());
        }
        let spread = start.line != end.line && group.delimiter() != Delimiter::Brace;
        self.token(
            open,
            start,
            LineColumn {
                column: start.column + 1,
                ..start
            },
        );
        if spread {
            self.last = None;
        }
        self.write(group.stream());
        if spread {
            self.text.truncate(self.text.trim_end_matches(',').len());
            self.last = None;
        }
        self.token(
            close,
            LineColumn {
                column: end.column.saturating_sub(1),
                ..end
            },
            end,
        );
    }

    fn token(&mut self, token: &str, start: LineColumn, end: LineColumn) {
        if let Some((last_start, last_end)) = self.last {
            // The parts of a literal such as the `1.0` of `pair.1.0` all have the span of the whole.
            let touches = last_end == start || (last_start <= start && start < last_end);
            let chained = token == "." && last_end.line < start.line;
            if !touches && !chained {
                self.text.push(' ');
            }
        }
        self.text.push_str(token);
        self.positioned |= end.line > 0;
        self.last = Some((start, end));
    }
}
