//! The fields of `log` and `tracing`.

use super::{ArgumentMode, assert_same, capture_names, described, expression, known, modes};

#[test]
fn fields_of_tracing() {
    let list = known(
        r#"info!(parent: &span, ?cmd, %addr, name, http.status = %code, n = 1 + 2, "text {} {m}", x)"#,
    );
    assert_eq!(
        described(&list),
        [
            "parent: & span [Lazy]",
            "cmd: ? cmd [Lazy]",
            "addr: % addr [Lazy]",
            "name: name [Lazy]",
            "% code [Lazy]",
            "n: 1 + 2 [Lazy]",
            "x [Lazy]",
        ]
    );
    assert_eq!(capture_names(&list), ["m"]);
}

#[test]
fn edited_shorthands_are_written_out() {
    let mut list = known(r#"info!(?cmd, %addr, name, self.id, other, "text")"#);
    for (index, value) in ["(*cmd)", "*addr", "(*name)", "this.id"].iter().enumerate() {
        list.arguments[index].expr = expression(value);
    }
    assert_same(
        &list.rebuild(),
        r#"info!(cmd = ?((*cmd)), addr = %(*addr), name = ((*name)), self.id = (this.id), other, "text")"#,
    );
}

#[test]
fn edited_values_keep_name_and_sigil() {
    let mut list = known(r#"info!(cmd = ?command, "key" = %value)"#);
    list.arguments[0].expr = expression("__1");
    list.arguments[1].expr = expression("__2");
    assert_same(&list.rebuild(), r#"info!(cmd = ?__1, "key" = %__2)"#);
}

#[test]
fn spans_and_events() {
    let list = known(r#"span!(parent: parent.id(), Level::INFO, "name", ?a, b = c)"#);
    assert_eq!(
        described(&list),
        [
            "parent: parent . id () [Lazy]",
            "a: ? a [Lazy]",
            "b: c [Lazy]"
        ]
    );
    let list = known(r#"event!(Level::INFO, { ?a, b = c }, "text {}", d)"#);
    assert_eq!(
        described(&list),
        ["a: ? a [Lazy]", "b: c [Lazy]", "d [Lazy]"]
    );
}

#[test]
fn fields_of_log() {
    let mut list = known(r#"info!(target: target, a = x, b:? = y, c:%, d; "text {}", z)"#);
    assert_eq!(
        described(&list),
        [
            "target: target [Lazy]",
            "a: x [Lazy]",
            "b: : ? y [Lazy]",
            "c: : % c [Lazy]",
            "d: d [Lazy]",
            "z [Lazy]",
        ]
    );
    for index in 2..5 {
        list.arguments[index].expr = expression("edited");
    }
    assert_same(
        &list.rebuild(),
        r#"info!(target: target, a = x, b:? = edited, c:% = edited, d = edited; "text {}", z)"#,
    );
}

#[test]
fn the_level_of_log_is_a_value() {
    let list = known(r#"log!(level, "{}", x)"#);
    assert_eq!(modes(&list), [ArgumentMode::Value, ArgumentMode::Lazy]);
}

#[test]
fn comparisons_are_no_fields() {
    let list = known(r#"info!("{}", a == b)"#);
    assert_eq!(described(&list), ["a == b [Lazy]"]);
}
