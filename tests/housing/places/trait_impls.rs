//! The attribute on an `impl Trait for Type` block.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::sync::Arc;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

mod far {
    use std::fmt::Debug;
    use std::future::Future;

    /// Its methods must be found where the trait is not imported.
    pub trait Service<Request> {
        type Response: Clone;
        const LIMIT: usize;

        fn ready(&self) -> bool {
            true
        }

        fn call<'a>(
            &'a self,
            request: Request,
            earlier: Self::Response,
            shout: impl Fn(&str) -> usize + Send,
        ) -> impl Future<Output = (usize, Self::Response)> + Send;

        async fn into_inner(self, other: &Self) -> Self
        where
            Self: Sized;

        fn show(&self, value: impl Debug) -> impl Future<Output = String>;
    }
}

#[derive(Clone)]
struct Named<'n>(&'n str);

#[state_future]
impl<T: Clone + Send> far::Service<T> for Named<'_> {
    type Response = Vec<T>;
    const LIMIT: usize = 9;

    async fn call(
        &self,
        request: T,
        mut earlier: Self::Response,
        shout: impl Fn(&str) -> usize + Send,
    ) -> (usize, Self::Response) {
        let mut all: Self::Response = Vec::with_capacity(<Self as far::Service<T>>::LIMIT);
        pause().await;
        all.append(&mut earlier);
        all.push(request);
        (shout(self.0), all)
    }

    async fn into_inner(self, Named(other): &Self) -> Self {
        pause().await;
        assert_eq!(self.0, *other);
        self
    }

    async fn show(&self, value: impl Debug) -> String {
        pause().await;
        format!("{value:?}{}", far::Service::<T>::ready(self))
    }
}

#[test]
fn generic_over_the_trait() {
    use far::Service;
    let named = Named("abc");
    let (length, all) = block_on(sendable(named.call(1, vec![0], str::len)));
    assert_eq!((length, all), (3, vec![0, 1]));
    assert_eq!(block_on(Service::<u8>::show(&named, 5)), "5true");
    assert_eq!(
        block_on(Service::<u8>::into_inner(named.clone(), &named)).0,
        "abc"
    );
}

struct Plain;

#[state_future]
impl far::Service<u8> for Plain {
    type Response = u8;
    const LIMIT: usize = 1;

    async fn call(
        &self,
        request: u8,
        earlier: Self::Response,
        shout: impl Fn(&str) -> usize + Send,
    ) -> (usize, u8) {
        pause().await;
        // `ready` is found although nobody imported the trait.
        let one = if self.ready() { Self::LIMIT } else { 0 };
        (one + shout(""), request + earlier)
    }

    async fn into_inner(self, _: &Self) -> Self {
        self
    }

    async fn show(&self, value: impl Debug) -> String {
        format!("{value:?}")
    }
}

#[test]
fn the_trait_is_in_scope_in_its_own_impl() {
    assert_eq!(
        block_on(sendable(far::Service::call(&Plain, 1, 2, str::len))),
        (1, 3)
    );
    assert_eq!(block_on(far::Service::show(&Plain, 1)), "1");
}

trait Store<K: ?Sized, const N: usize> {
    type Error: Debug;

    async fn get<'s>(&'s self, key: &K) -> Result<&'s str, Self::Error>;

    async fn put(&mut self, pair: (&K, [String; N])) -> usize;

    async fn all(&self) -> impl Iterator<Item = &String>;
}

struct Pairs<K> {
    keys: Vec<K>,
    values: Vec<String>,
}

#[state_future]
impl<K, Q: ?Sized + ToOwned<Owned = K>, const N: usize> Store<Q, N> for Pairs<K>
where
    K: PartialEq<Q>,
    Q: Display,
{
    type Error = String;

    async fn get<'s>(&'s self, key: &Q) -> Result<&'s str, Self::Error> {
        pause().await;
        let place = self
            .keys
            .iter()
            .position(|known| known == key)
            .ok_or_else(|| format!("no {key}"))?;
        Ok(&self.values[place])
    }

    async fn put(&mut self, (key, value): (&Q, [String; N])) -> usize {
        pause().await;
        self.keys.push(key.to_owned());
        self.values.push(value.concat());
        N
    }

    async fn all(&self) -> impl Iterator<Item = &String> {
        pause().await;
        self.values.iter()
    }
}

#[test]
fn generics_of_block_and_trait() {
    let mut pairs = Pairs {
        keys: Vec::new(),
        values: Vec::new(),
    };
    let put = Store::<str, 2>::put(&mut pairs, ("k", ["a".to_owned(), "b".to_owned()]));
    assert_eq!(block_on(put), 2);
    assert_eq!(block_on(Store::<str, 2>::get(&pairs, "k")), Ok("ab"));
    assert_eq!(
        block_on(Store::<str, 2>::get(&pairs, "l")),
        Err("no l".to_owned())
    );
    assert_eq!(block_on(Store::<str, 2>::all(&pairs)).count(), 1);
}

trait Shout {
    async fn shout(&self) -> String;
}

#[state_future]
impl Shout for str {
    async fn shout(&self) -> String {
        pause().await;
        self.to_uppercase()
    }
}

#[state_future]
impl Shout for dyn Display + Send + '_ {
    async fn shout(&self) -> String {
        pause().await;
        self.to_string()
    }
}

#[state_future]
impl<T: Shout + ?Sized> Shout for &T {
    async fn shout(&self) -> String {
        (**self).shout().await
    }
}

#[state_future]
impl<T: Shout + ?Sized> Shout for Arc<T> {
    async fn shout(&self) -> String {
        T::shout(self).await
    }
}

#[state_future]
impl Shout for (u8, &str) {
    async fn shout(&self) -> String {
        let (number, text) = self;
        format!("{number}{}", text.shout().await)
    }
}

#[test]
fn types_of_every_sort() {
    assert_eq!(block_on(sendable("a".shout())), "A");
    assert_eq!(block_on((&5 as &(dyn Display + Send)).shout()), "5");
    assert_eq!(block_on(sendable(Arc::<str>::from("b").shout())), "B");
    assert_eq!(block_on(sendable((1, "c").shout())), "1C");
}

trait Shape {
    async fn doubled(self) -> Self;
    async fn both(&self, other: Box<Self>) -> (u32, u32);
    fn later(&self) -> impl Future<Output = u32> + Send;
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    One,
    Many { count: u32 },
}

#[state_future]
impl Shape for Kind {
    async fn doubled(self) -> Self {
        pause().await;
        match self {
            Self::One => Self::Many { count: 2 },
            Self::Many { count } => Self::Many { count: count * 2 },
        }
    }

    async fn both(&self, other: Box<Self>) -> (u32, u32) {
        (self.later().await, Self::later(&other).await)
    }

    async fn later(&self) -> u32 {
        pause().await;
        if let Self::Many { count } = self {
            *count
        } else {
            1
        }
    }
}

#[test]
fn the_type_by_its_own_name_for_itself() {
    let many = block_on(Kind::One.doubled());
    assert_eq!(block_on(many.both(Box::new(Kind::One))), (2, 1));
}
