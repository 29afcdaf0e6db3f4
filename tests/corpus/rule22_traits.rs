// Async functions in traits: implementations, default methods, generics over them.

trait Storage {
    type Key: Debug + Clone;

    async fn load(&self, key: Self::Key) -> Option<u32>;

    async fn save(&mut self, key: Self::Key, value: u32) -> Result<(), Failure>;

    #[lower]
    async fn update(&mut self, key: Self::Key, more: u32) -> Result<u32, Failure> {
        let local = noisy("update");
        let old = self.load(key.clone()).await.unwrap_or_default();
        self.save(key, old + more).await?;
        Ok(old + more)
    }

    fn name(&self) -> String;
}

struct Memory {
    own: Noisy,
    map: std::collections::BTreeMap<&'static str, u32>,
}

#[lower]
impl Storage for Memory {
    type Key = &'static str;

    async fn load(&self, key: &'static str) -> Option<u32> {
        let view = self.own.view();
        view.load().await;
        self.map.get(key).copied()
    }

    async fn save(&mut self, key: Self::Key, value: u32) -> Result<(), Failure> {
        self.own.change().await;
        if value > 100 {
            return fail("too large").await;
        }
        self.map.insert(key, value);
        Ok(())
    }

    fn name(&self) -> String {
        self.own.name().to_owned()
    }
}

struct Logged<S> {
    inner: S,
    log: Vec<String>,
}

#[lower]
impl<S: Storage> Storage for Logged<S>
where
    S::Key: PartialEq,
{
    type Key = S::Key;

    async fn load(&self, key: S::Key) -> Option<u32> {
        tick("logged").await;
        self.inner.load(key).await
    }

    async fn save(&mut self, key: S::Key, value: u32) -> Result<(), Failure> {
        self.log.push(format!("{key:?} = {value}"));
        let result = self.inner.save(key, value).await;
        self.log.push(format!("{result:?}"));
        result
    }

    async fn update(&mut self, key: S::Key, more: u32) -> Result<u32, Failure> {
        let before = self.load(key.clone()).await;
        let after = self.inner.update(key, more).await?;
        Ok(after + before.unwrap_or(1000))
    }

    fn name(&self) -> String {
        format!("logged {}", self.inner.name())
    }
}

fn memory() -> Memory {
    Memory {
        own: noisy("memory"),
        map: [("a", 1), ("b", 2)].into(),
    }
}

#[lower]
async fn uses_the_implementation() -> Result<u32, Failure> {
    let mut memory = memory();
    memory.save("c", 3).await?;
    let sum = memory.load("a").await.unwrap_or_default() + memory.update("c", 4).await?;
    memory.update("b", 1000).await?;
    Ok(sum)
}

#[lower]
async fn uses_a_generic<S: Storage>(mut storage: S, key: S::Key) -> Result<(u32, String), Failure> {
    let number = storage.update(key.clone(), 1).await?;
    let name = storage.name();
    Ok((storage.update(key, number).await?, name))
}

#[not_yet]
async fn uses_the_logged_one() -> (Result<u32, Failure>, Vec<String>) {
    let mut logged = Logged {
        inner: memory(),
        log: Vec::new(),
    };
    let result = logged.update("a", 5).await;
    (result, logged.log)
}

/// A trait whose future is declared Send.
trait Handler: Send + Sync {
    fn handle(&self, request: String) -> impl Future<Output = usize> + Send;
}

struct Length(Noisy);

#[lower]
impl Handler for Length {
    async fn handle(&self, request: String) -> usize {
        let number = self.0.peek().await;
        tick("handle").await;
        number as usize + request.len()
    }
}

struct Doubled<H>(H);

#[lower]
impl<H: Handler> Handler for Doubled<H> {
    async fn handle(&self, request: String) -> usize {
        let first = self.0.handle(request.clone()).await;
        first + self.0.handle(request).await
    }
}

#[lower]
async fn uses_handlers(handler: impl Handler) -> usize {
    require_send(handler.handle("request".to_owned())).await
}

/// A trait with every kind of self and of lifetime.
trait Shapes<'t> {
    async fn by_value(self) -> u32;
    async fn by_reference(&self, text: &'t str) -> &'t str;
    async fn by_mutable_reference<'a>(&'a mut self) -> &'a mut Noisy;
    async fn without_self(name: &'static str) -> Self;
    async fn generic<T: Debug>(&self, value: T) -> String;
    async fn argument(&self, value: impl Debug) -> String;
}

#[lower]
impl<'t> Shapes<'t> for Noisy {
    async fn by_value(self) -> u32 {
        tick("by value").await;
        self.look()
    }

    async fn by_reference(&self, text: &'t str) -> &'t str {
        self.peek().await;
        text
    }

    async fn by_mutable_reference<'a>(&'a mut self) -> &'a mut Noisy {
        self.change().await;
        self
    }

    async fn without_self(name: &'static str) -> Self {
        tick("without self").await;
        noisy(name)
    }

    async fn generic<T: Debug>(&self, value: T) -> String {
        tick("generic").await;
        format!("{self:?} {value:?}")
    }

    async fn argument(&self, value: impl Debug) -> String {
        tick("argument").await;
        format!("{value:?} {self}")
    }
}

#[lower]
async fn uses_shapes() -> String {
    let mut shape = <Noisy as Shapes>::without_self("shape").await;
    let text = shape.by_reference("text").await;
    shape.by_mutable_reference().await.touch();
    let generic = shape.generic(vec![1]).await + &shape.argument(Some(2)).await;
    format!("{text} {generic} {}", shape.by_value().await)
}

/// What reads and what acquires may fail, which a supertrait tells how.
trait Fails {
    type Error: Debug;
}

trait Reads: Fails {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error>;

    async fn look(&mut self) -> Result<&Noisy, Self::Error>;

    async fn read_named<N: AsRef<str>>(
        &mut self,
        name: N,
        buffer: &mut [u8],
    ) -> Result<usize, Self::Error>;
}

struct Pipe<'p, T> {
    own: &'p Noisy,
    value: T,
}

impl<T> Fails for Pipe<'_, T> {
    type Error = Failure;
}

#[lower]
impl<T: Copy + Into<u32>> Reads for Pipe<'_, T> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        let number = succeed("read", self.own.look()).await?;
        buffer.fill(7);
        tick("filled").await;
        let result: Result<u32, Self::Error> = succeed("again", self.value.into()).await;
        Ok(buffer.len() + (number + result?) as usize)
    }

    async fn read_named<N: AsRef<str>>(
        &mut self,
        name: N,
        buffer: &mut [u8],
    ) -> Result<usize, Self::Error> {
        let length = leaf("length", 1, name.as_ref()).await.len();
        let first: Result<usize, Self::Error> = self.read(&mut buffer[..length]).await;
        let local = noisy("local");
        Ok(first? + succeed("second", local.view()).await?.look() as usize)
    }

    async fn look(&mut self) -> Result<&Noisy, Self::Error> {
        fail::<()>("look").await.or_else(|error| {
            if self.value.into() > 4 {
                Ok(())
            } else {
                Err(error)
            }
        })?;
        Ok(self.own)
    }
}

impl<T> Fails for &Pipe<'_, T> {
    type Error = Failure;
}

#[lower]
impl<T> Reads for &Pipe<'_, T> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        self.own.peek().await;
        Ok(buffer.len())
    }

    async fn look(&mut self) -> Result<&Noisy, Self::Error> {
        fail("look").await
    }

    async fn read_named<N: AsRef<str>>(
        &mut self,
        name: N,
        buffer: &mut [u8],
    ) -> Result<usize, Self::Error> {
        let read = self.read(buffer).await?;
        Ok(read + name.as_ref().len())
    }
}

struct Permit<'a, A: Acquires> {
    of: &'a A,
    own: Noisy,
}

trait Acquires: Sized + Fails {
    async fn acquire(&self, name: &'static str) -> Result<Permit<'_, Self>, Self::Error>;
}

#[lower]
impl<T: Copy + Into<u32>> Acquires for Pipe<'_, T> {
    async fn acquire(&self, name: &'static str) -> Result<Permit<'_, Self>, Self::Error> {
        self.own.peek().await;
        Ok(Permit {
            of: self,
            own: leaf("acquired", 1, noisy(name)).await,
        })
    }
}

#[lower]
async fn uses_what_fails(own: Noisy) -> Result<(usize, u32), Failure> {
    let mut pipe = Pipe {
        own: &own,
        value: 5u8,
    };
    let mut buffer = [0; 3];
    let read = pipe.read(&mut buffer).await?;
    let looked =
        pipe.look().await?.look() + pipe.read_named(String::from("n"), &mut buffer).await? as u32;
    let mut shared = &pipe;
    let more = shared.read(&mut buffer).await? + shared.read_named("name", &mut buffer).await?;
    let permit = pipe.acquire("permit").await?;
    let number = permit.own.look() + permit.of.own.look() + looked;
    shared.look().await?;
    Ok((read + more, number))
}

/// Default methods that lend out an implementor which nothing tells how long it lives.
#[lower]
trait Owned: Fails + Sized {
    async fn tried(&self) -> Result<u32, Self::Error>;

    async fn weighed(&self, more: &u32) -> u32;

    async fn made(name: &'static str) -> Self;

    async fn weighed_twice(self, more: u32) -> u32 {
        let first = self.weighed(&more).await;
        let local = noisy("local");
        first + self.weighed(&local.look()).await
    }

    async fn by_box(self: Box<Self>, more: u32) -> u32 {
        let made = Self::made("made").await;
        made.weighed(&more).await + self.weighed_twice(more).await
    }

    async fn tried_once(self) -> Result<u32, Self::Error> {
        let first: Result<u32, Self::Error> = self.tried().await;
        Ok(first? + 1)
    }

    async fn of_a_new_one(more: u32) -> u32 {
        let made = Self::made("new").await;
        made.weighed(&more).await
    }

    async fn of_another(&self, other: Self) -> u32 {
        other.weighed(&self.weighed(&1).await).await
    }
}

impl Fails for Noisy {
    type Error = String;
}

impl Fails for (&Noisy, Noisy) {
    type Error = Failure;
}

impl Owned for Noisy {
    async fn tried(&self) -> Result<u32, String> {
        Err(self.peek().await.to_string())
    }

    async fn weighed(&self, more: &u32) -> u32 {
        self.peek().await + more
    }

    async fn made(name: &'static str) -> Self {
        leaf("made", 1, noisy(name)).await
    }
}

impl Owned for (&Noisy, Noisy) {
    async fn tried(&self) -> Result<u32, Failure> {
        succeed("tried", self.1.look()).await
    }

    async fn weighed(&self, more: &u32) -> u32 {
        self.0.peek().await * 10 + self.1.look() + more
    }

    async fn made(name: &'static str) -> Self {
        panic!("no {name}")
    }
}

#[lower]
async fn uses_default_methods_by_value(own: Noisy) -> u32 {
    let tried = noisy("tried")
        .tried_once()
        .await
        .unwrap_or_else(|error| error.len() as u32);
    let sum = noisy("one").weighed_twice(1).await
        + Box::new(noisy("two")).by_box(2).await
        + Noisy::of_a_new_one(3).await
        + own.of_another(noisy("other")).await;
    sum + tried
        + (&own, noisy("fifth")).tried_once().await.unwrap_or(0)
        + (&own, noisy("second")).weighed_twice(4).await
        + (&own, noisy("third"))
            .of_another((&own, noisy("fourth")))
            .await
}

cases! {
    uses_default_methods_by_value(noisy("own")),
    uses_what_fails(noisy("own")),
    uses_the_implementation(),
    uses_a_generic: uses_a_generic(memory(), "a"),
    uses_a_generic_failing: uses_a_generic(memory(), "b"),
    uses_the_logged_one(),
    uses_handlers: uses_handlers(Doubled(Length(noisy("length")))),
    uses_shapes(),
}
