//! The attribute on a `trait` block.

use std::fmt::Debug;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

#[state_future]
trait Source<T: Clone = u8>: Debug
where
    Self::Error: Debug,
{
    type Error;
    const LIMIT: usize = 2;

    async fn next(&mut self) -> Result<T, Self::Error>;

    async fn take(&mut self) -> Result<Vec<T>, Self::Error> {
        let mut taken = Vec::new();
        while taken.len() < Self::LIMIT {
            taken.push(self.next().await?);
        }
        Ok(taken)
    }

    async fn into_last(mut self, show: impl Fn(&T) -> String) -> (String, Self)
    where
        Self: Sized,
    {
        let last = self.take().await.unwrap().pop();
        pause().await;
        (last.map_or_else(String::new, |last| show(&last)), self)
    }

    async fn named<const N: usize>() -> String {
        pause().await;
        format!("{}{N}", Self::LIMIT)
    }
}

#[derive(Debug)]
struct Count(u8);

#[state_future]
impl Source for Count {
    type Error = ();

    async fn next(&mut self) -> Result<u8, ()> {
        pause().await;
        self.0 += 1;
        if self.0 < 5 { Ok(self.0) } else { Err(()) }
    }
}

#[test]
fn default_methods() {
    let mut count = Count(0);
    assert_eq!(block_on(sendable(count.take())), Ok(vec![1, 2]));
    let (last, mut count) = block_on(count.into_last(u8::to_string));
    assert_eq!(last, "4");
    assert_eq!(block_on(count.take()), Err(()));
    assert_eq!(block_on(<Count as Source>::named::<3>()), "23");
}

/// What a generic caller learns of the trait is what it declares.
#[test]
fn generic_callers() {
    async fn twice<S: Source>(source: &mut S) -> Result<usize, S::Error> {
        Ok(source.take().await?.len() + source.take().await?.len())
    }
    assert_eq!(block_on(sendable(twice(&mut Count(0)))), Ok(4));
}

trait Base {
    fn base(&self) -> u32;
}

#[state_future]
trait Extension: Base {
    async fn twice(&self) -> u32 {
        pause().await;
        self.base() * 2
    }
}

impl<T: Base + ?Sized> Extension for T {}

impl Base for [u8] {
    fn base(&self) -> u32 {
        self.iter().copied().map(u32::from).sum()
    }
}

#[test]
fn an_extension_for_unsized_types() {
    assert_eq!(block_on(sendable([1, 2, 3][..].twice())), 12);
}

#[state_future]
trait WithObjects {
    fn plain(&self) -> u32;

    async fn not_for_objects(&self) -> u32
    where
        Self: Sized,
    {
        pause().await;
        self.plain()
    }
}

impl WithObjects for u32 {
    fn plain(&self) -> u32 {
        *self
    }
}

#[test]
fn a_trait_with_objects_keeps_them() {
    let object: &dyn WithObjects = &3;
    assert_eq!(object.plain(), 3);
    assert_eq!(block_on(4.not_for_objects()), 4);
}
