//! The parser by itself.

use crate::protocol::Parser;

const REQUESTS: &[u8] = b"*2\r\n$4\r\nECHO\r\n$6\r\n\r\n*1\r\n\r\n GET  a \r\n*0\r\n*1\r\n$0\r\n\r\nPING\n*1\r\n$2\r\nab";

/// The words of each request, with the input in pieces of a length.
fn words(piece: usize) -> Vec<Vec<Vec<u8>>> {
    let mut parser = Parser::default();
    let mut requests = Vec::new();
    for piece in REQUESTS.chunks(piece) {
        parser.feed(piece);
        while let Some(request) = parser.next().unwrap() {
            requests.push(request.from(0).map(<[u8]>::to_vec).collect());
        }
    }
    requests
}

#[test]
fn requests_may_come_in_any_pieces() {
    let whole = words(REQUESTS.len());
    let expected: [&[&[u8]]; 4] = [
        &[b"ECHO", b"\r\n*1\r\n"],
        &[b"GET", b"a"],
        &[b""],
        &[b"PING"],
    ];
    assert_eq!(whole, expected);
    for piece in 1..REQUESTS.len() {
        assert_eq!(words(piece), whole, "in pieces of {piece}");
    }
}

#[test]
fn many_arguments_in_small_pieces_take_no_long_time() {
    let count = 200_000;
    let mut input = format!("*{count}\r\n").into_bytes();
    input.extend(b"$1\r\nx\r\n".repeat(count));
    let mut parser = Parser::default();
    let mut found = 0;
    for piece in input.chunks(10) {
        parser.feed(piece);
        found = parser
            .next()
            .unwrap()
            .map_or(found, |request| request.len());
    }
    assert_eq!(found, count);
}
