//! An invocation that was not edited is built back with the same tokens.

use quote::ToTokens;

use super::{Call, flatten, invocation, kind, read};

const KNOWN: &[&str] = &[
    r#"println!()"#,
    r#"println!("plain")"#,
    r#"println!("{} {:?}", user.name(), &user.rights[0],)"#,
    r#"std::println!("{x} {}", 1 + 2)"#,
    r#"eprint!("{0} {name:>width$} {1:.*}", a, 3, b, name = c, width = 7)"#,
    r##"format!(r#"{{"id": {id}}}"#, id = request.id)"##,
    r#"format![concat!("a", "{}"), value]"#,
    r#"::std::format_args!("{}", if a { 1 } else { 2 })"#,
    r#"write!(&mut self.buffer, "{}-{}", self.a, self.b)"#,
    r#"writeln!(output)"#,
    r#"writeln!(output, "{line}")?"#,
    r#"panic!()"#,
    r#"panic!("no {thing} at {}", place?)"#,
    r#"todo!("later")"#,
    r#"unimplemented!("{}", NAME)"#,
    r#"core::unreachable!("state {state:?}")"#,
    r#"assert!(list.is_empty())"#,
    r#"assert!(a == b && !c,)"#,
    r#"assert!(fetch(&url).await.is_ok(), "{url} failed: {}", reason())"#,
    r#"debug_assert!(index < self.len, "index {index}")"#,
    r#"assert_eq!(reader.read(&mut buffer).await?, 5)"#,
    r#"assert_eq!(&buffer[..5], b"hello", "after {count} bytes",)"#,
    r#"assert_ne! { left, right }"#,
    r#"debug_assert_eq!(a, b)"#,
    r#"matches!(value, Some(1..=5) | None)"#,
    r#"matches!(self.next().await, | Some(Frame::Data { length, .. }) if length > limit,)"#,
    r#"assert_matches!(result, Err(Error::Closed), "{context}")"#,
    r#"vec![]"#,
    r#"vec![1, 2, 3,]"#,
    r#"vec![0u8; size.await]"#,
    r#"vec![Box::new(|x: u8| x + 1) as Box<dyn Fn(u8) -> u8>, other]"#,
    r#"dbg!(a, b.await)"#,
    r#"std::pin::pin!(future())"#,
    r#"pin!(stream.next())"#,
    r#"std::task::ready!(self.poll(context))"#,
    r#"std::ptr::addr_of!(self.field)"#,
    r#"stringify!(any => tokens at ; all)"#,
    r#"concat!("a", 1, -2, stringify!(b))"#,
    r#"include_str!("data.txt")"#,
    r#"env!("CARGO_PKG_NAME")"#,
    r#"line!()"#,
    r#"cfg!(all(unix, feature = "x"))"#,
    r#"anyhow!("bad {kind}: {}", error)"#,
    r#"anyhow::bail!(Error::NotFound { path: path.to_owned() })"#,
    r#"bail!("nothing at {path}")"#,
    r#"ensure!(n > 0)"#,
    r#"ensure!(n > 0, "n is {n}, not {}", m)"#,
    r#"ensure!(n > 0, TooSmall { n })"#,
    r#"miette!(code = "a::b", help = help(), "text {x}")"#,
    r#"log::info!("started {}", name)"#,
    r#"log::warn!(target: "net", "slow: {elapsed:?}")"#,
    r#"log::error!(target: TARGET, id = 5, user:? = user, peer:%, cause:err; "failed with {code}", code = 3)"#,
    r#"log::log!(level, "text {}", value)"#,
    r#"log!(target: "x", Level::Info, "text")"#,
    r#"info!("accepted {peer_addr}")"#,
    r#"tracing::debug!(?cmd)"#,
    r#"tracing::info!(%addr, peer.port, bytes = buffer.len(), kind = ?frame.kind(), "received {} {n}", 3,)"#,
    r#"error!(cause = %err, "failed to accept")"#,
    r#"warn!({ a = 1, ?b }, "text {}", c)"#,
    r#"trace!(name: "event", target: "t", parent: &span, http.status = %status, "quoted key" = 5)"#,
    r#"event!(Level::INFO, ?self.id, message = "text")"#,
    r#"tracing::event!(target: "x", tracing::Level::WARN, { field = 1 }, "{text}")"#,
    r#"info_span!("connection", %peer, id = tracing::field::Empty)"#,
    r#"span!(parent: None, Level::DEBUG, "work", n)"#,
    r#"tracing::debug_span!(target: "t", NAME)"#,
    r#"json!({ "a": 1, "b": [x, null, { "c": y.await? }], (key): value, other: -1 })"#,
    r#"serde_json::json!([])"#,
    r#"json!(value)"#,
];

const UNKNOWN: &[&str] = &[
    r#"my_macro!()"#,
    r#"my_macro!(a, b + 1, name = c.await, "{d}")"#,
    r#"crate::array![x; 3]"#,
    r#"hashmap! { "a" => 1, "b" => two(), }"#,
    r#"defmt::info!("{=u8}", x)"#,
    r#"my::format!("{}", x)"#,
    r#"info!(self.logger, "{} done", x; "key" => value)"#,
    r#"error!(self.span, Kind::Bad(x))"#,
    r#"column![a, b]"#,
];

const AWAITING: &[&str] = &[
    r#"tokio::join!(a(), b, async { c.await })"#,
    r#"join!(biased; a, b,)"#,
    r#"futures::try_join!(fetch(&a), fetch(&b))"#,
    r#"state_future::runtime::race!(a, sleep(1))"#,
    r#"runtime::select!(a, b)"#,
    r#"tokio::select! {
        biased;
        _ = shutdown.recv() => { return Ok(()); }
        Some(frame) = connection.read(), if !self.closed && ready => handle(frame).await?,
        result = &mut task => match result { Ok(x) => x, Err(_) => break 'outer },
        | Ok(1) | Err(_) = timer => {}
        else => panic!("all closed"),
    }"#,
    r#"select! { a = b => a }"#,
    r#"select! { x = next => x, complete => break, default => 0 }"#,
    r#"futures::select_biased! { () = a => {} x = b.fuse() => { x } }"#,
    r#"futures::poll!(&mut future)"#,
    r#"futures_util::pending!()"#,
];

const OWN_BLOCKS: &[&str] = &[
    r#"stream! { while let Some(x) = rx.recv().await { yield x; } }"#,
    r#"async_stream::try_stream! { let x = next().await?; yield x }"#,
    r#"stream! { yield 1; }"#,
];

fn assert_round_trip(source: &str, expected: &str) {
    let source = source.trim_end_matches('?');
    let original = invocation(source);
    let call = read(&original);
    assert_eq!(kind(&call), expected, "{source}");
    let built = match call {
        Call::Arguments(list) | Call::Unknown(list) => list.rebuild(),
        Call::Awaiting(call) => call.rebuild(),
        Call::OwnBlock(call) => call.rebuild(),
        Call::Pins(_) | Call::Opaque => unreachable!("{source} cannot be built back"),
    };
    let (built, original) = (built.to_token_stream(), original.to_token_stream());
    assert_eq!(flatten(built), flatten(original), "{source}");
}

#[test]
fn known_macros() {
    KNOWN
        .iter()
        .for_each(|source| assert_round_trip(source, "arguments"));
}

#[test]
fn own_blocks() {
    OWN_BLOCKS
        .iter()
        .for_each(|source| assert_round_trip(source, "own block"));
    assert_round_trip("stream!(a)", "unknown");
}

#[test]
fn unknown_macros() {
    UNKNOWN
        .iter()
        .for_each(|source| assert_round_trip(source, "unknown"));
}

#[test]
fn awaiting_macros() {
    AWAITING
        .iter()
        .for_each(|source| assert_round_trip(source, "awaiting"));
}

#[test]
fn spans_and_delimiters_stay() {
    let original = invocation("vec! {\n    first,\n    second }");
    let Call::Arguments(list) = read(&original) else {
        panic!("vec! is known")
    };
    let built = list.rebuild();
    let lines = |mac: &syn::Macro| -> Vec<(usize, usize)> {
        mac.tokens
            .clone()
            .into_iter()
            .map(|tree| (tree.span().start().line, tree.span().start().column))
            .collect()
    };
    assert_eq!(lines(&built), lines(&original));
    assert_eq!(lines(&built), [(2, 4), (2, 9), (3, 4)]);
    assert_eq!(built.delimiter, original.delimiter);
}

#[test]
fn what_is_no_list_of_expressions_is_opaque() {
    for source in [
        "thread_local! { static A: u8 = 1; }",
        "macro_rules! { () => {} }",
        "include!(\"expression.rs\")",
        "crossbeam::select! { recv(receiver) -> message => message }",
        "gen! { for i in 0..3 { yield i; } let x = 1; }",
        "quote!(struct #name;)",
        "asm!(\"nop\", in(reg) x)",
        "tokio::select! { x = next => x, complete => break }",
        "futures::select! { x = next, if ready => x }",
    ] {
        assert_eq!(kind(&read(&invocation(source))), "opaque", "{source}");
    }
}
