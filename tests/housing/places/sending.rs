//! `Send` asked of futures that other futures hold, where the compiler forgets which lifetimes were the same.

use std::collections::HashMap;
use std::fmt::{Debug, Display};

use state_future::state_future;

use super::support::{block_on, pause, sendable};

#[state_future]
async fn related<'a, 'b: 'a>(first: &'a str, second: &'b str) -> &'a str {
    pause().await;
    if first.len() > second.len() {
        first
    } else {
        second
    }
}

#[state_future]
async fn bounded<'a, T>(first: &'a T, map: &mut HashMap<&'a str, T>) -> String
where
    &'a T: Display,
    T: Clone + Send + Sync + 'a,
{
    pause().await;
    map.insert("k", first.clone());
    first.to_string()
}

#[state_future]
async fn unnamed(show: &impl Display, call: impl Fn(&str) -> &str) -> String {
    pause().await;
    call(&show.to_string()).to_owned()
}

struct Client<'c, T> {
    name: &'c str,
    value: T,
}

#[state_future]
impl<'c, T: Debug + Send + Sync + 'c> Client<'c, T> {
    async fn method(&mut self, other: &'c str) -> &'c str {
        pause().await;
        std::mem::replace(&mut self.name, other)
    }

    async fn by_value<'x>(self, other: &'x mut Vec<&'c str>) -> &'x [&'c str] {
        pause().await;
        other.push(self.name);
        other
    }
}

impl<'c> Client<'c, u8> {
    #[state_future]
    async fn alone<'x>(&'x self, others: &'x [&'c str]) -> Option<&'x &'c str> {
        pause().await;
        others.get(usize::from(self.value))
    }
}

trait Visit<'v, T: ?Sized> {
    async fn visit(&mut self, what: &'v T) -> &'v T;

    async fn default(&self, what: &T) -> bool
    where
        Self: Sync;
}

#[state_future]
impl<'v, 'c: 'v, T: ?Sized + Sync + 'v> Visit<'v, T> for Client<'c, &'v T>
where
    &'v T: Send,
{
    async fn visit(&mut self, what: &'v T) -> &'v T {
        pause().await;
        std::mem::replace(&mut self.value, what)
    }

    async fn default(&self, what: &T) -> bool {
        pause().await;
        std::ptr::addr_eq(self.value, what)
    }
}

#[state_future]
trait Default<'d>: Sync {
    fn text(&self) -> &'d str;

    async fn twice(&self, between: &str) -> String {
        pause().await;
        format!("{}{between}{}", self.text(), self.text())
    }
}

impl<'d> Default<'d> for Client<'d, u8> {
    fn text(&self) -> &'d str {
        self.name
    }
}

#[test]
fn free_functions() {
    let long = String::from("long");
    let future = sendable(async {
        let mut map = HashMap::new();
        let short = String::from("short");
        let text = related(&long, &short).await.len();
        let other = bounded(&text, &mut map).await;
        let call: for<'a> fn(&'a str) -> &'a str = str::trim;
        (map.len(), other, unnamed(&text, call).await)
    });
    assert_eq!(block_on(future), (1, "5".to_owned(), "5".to_owned()));
}

#[test]
fn methods() {
    let future = sendable(async {
        let (first, second) = (String::from("first"), String::from("second"));
        let mut client = Client {
            name: &first,
            value: 1u8,
        };
        let old = client.method(&second).await.len();
        let all = [&*first, &*second];
        let one = client.alone(&all).await.unwrap().len();
        let mut names = Vec::new();
        (old, one, client.by_value(&mut names).await.len())
    });
    assert_eq!(block_on(future), (5, 6, 1));
}

#[test]
fn traits() {
    let future = sendable(async {
        let (first, second) = (String::from("first"), String::from("second"));
        let mut client = Client {
            name: &first,
            value: &*first,
        };
        let old = client.visit(&second).await.len();
        let is_second = client.default(&second).await;
        let numbered = Client {
            name: &second,
            value: 0u8,
        };
        (old, is_second, numbered.twice("/").await)
    });
    assert_eq!(block_on(future), (5, true, "second/second".to_owned()));
}

/// Lowered functions that hold lowered functions.
#[test]
fn chains() {
    #[state_future]
    async fn inner<'a>(client: &mut Client<'a, u8>, other: &'a str) -> &'a str {
        client.method(other).await
    }

    #[state_future]
    async fn outer<'a>(mut client: Client<'a, u8>, other: &'a str) -> (String, &'a str) {
        let old = inner(&mut client, other).await;
        let text = client.twice(old).await;
        (text, client.name)
    }

    let other = String::from("b");
    let future = sendable(async {
        outer(
            Client {
                name: "a",
                value: 0,
            },
            &other,
        )
        .await
        .0
    });
    assert_eq!(block_on(future), "bab");
}
