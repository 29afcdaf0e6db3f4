// Machines with a name live in a room of raw bytes: what they hold must come and go as in any other future.

#[lower(named)]
async fn four_scopes(p: Noisy, q: Noisy) -> u32 {
    let a = noisy("a");
    for index in 0..2 {
        let b = noisy(format!("b{index}"));
        if let Some(c) = Some(noisy("c")) {
            let d = noisy("d");
            match noisy("e") {
                ref e => {
                    let f = noisy("f");
                    tick("deep").await;
                    e.look() + f.look()
                }
            };
            tick("less deep").await;
        }
        tick("in loop").await;
    }
    tick("outside").await;
    a.look()
}

#[lower(named = Forwarding)]
async fn forwards(own: Noisy, borrowed: &Noisy) -> u32 {
    let local = noisy("local");
    inner_call(own, borrowed, &local).await + local.look()
}

#[lower(named)]
async fn inner_call(own: Noisy, borrowed: &Noisy, again: &Noisy) -> u32 {
    let value = own.peek().await;
    tick("inner").await;
    value + borrowed.look() + again.look()
}

async fn forwarding(own: Noisy) -> u32 {
    let borrowed = noisy("borrowed");
    forwards(own, &borrowed).await
}

#[lower(named)]
async fn borrows_its_own(mut a: Noisy) -> u32 {
    let view = a.view();
    tick("borrowed").await;
    let number = view.look();
    drop(a);
    tick("moved").await;
    number
}

#[lower(named)]
async fn nothing() {}

#[lower(named)]
async fn unused_arguments(_: Noisy, (a, _): (Noisy, Noisy), mut b: Noisy) -> u32 {
    b = noisy("new b");
    tick("pause").await;
    a.look() + b.look()
}

#[lower(named)]
async fn returns_early(stop: bool, a: Noisy) -> Result<u32, String> {
    let b = noisy("b");
    let answer = if stop { Err("stopped".to_string()) } else { Ok(1) };
    leaf("question", 1, answer).await?;
    Ok(a.look() + b.look())
}

struct Service {
    part: Noisy,
}

#[lower(named)]
impl Service {
    async fn by_reference(&self, argument: &Noisy) -> u32 {
        let local = noisy("local");
        tick("by reference").await;
        self.part.look() + argument.look() + local.look()
    }

    async fn by_exclusive_reference(&mut self) -> u32 {
        self.part = noisy("other part");
        tick("by exclusive reference").await;
        self.part.look()
    }

    async fn by_value(self) -> u32 {
        tick("by value").await;
        self.part.look()
    }

    async fn makes(name: &'static str) -> Self {
        tick("makes").await;
        Service { part: noisy(name) }
    }
}

async fn all_methods() -> u32 {
    let mut service = Service::makes("part").await;
    let argument = noisy("argument");
    let number = service.by_reference(&argument).await + service.by_exclusive_reference().await;
    number + service.by_value().await
}

#[lower(named)]
async fn recursive(depth: u32) -> u32 {
    let here = noisy(format!("depth {depth}"));
    tick("down").await;
    if depth == 0 {
        return here.look();
    }
    boxed(depth - 1).await + here.look()
}

fn boxed(depth: u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(recursive(depth))
}

/// A place in which futures of one type come and go.
async fn in_an_array() -> u32 {
    let mut places = [Some(recursive(0)), None, Some(recursive(1))];
    places[1] = places[0].take();
    let mut sum = 0;
    for place in &mut places {
        if let Some(future) = place.take() {
            sum += future.await;
        }
    }
    places[2] = Some(recursive(2));
    tick("one is left unpolled").await;
    sum
}

/// A machine with type parameters is made of the types that are declared.
#[lower(named)]
async fn generic<T, F: Future<Output = u32>>(value: T, future: F, consume: bool) -> Vec<T> {
    let first: Noisy = noisy("first");
    let mut all: Vec<T> = Vec::new();
    let wait: F = future;
    let number: u32 = wait.await;
    if consume {
        drop(first);
    }
    let mut round: u32 = 0;
    while round < number {
        let _guard: Noisy = noisy(format!("round {round}"));
        let pause: Leaf<()> = tick("in loop");
        pause.await;
        round += 1;
    }
    all.push(value);
    let pause: Leaf<()> = tick("at the end");
    pause.await;
    all
}

cases! {
    generic_consuming: generic(noisy("value"), leaf("future", 1, 2), true),
    generic_keeping: generic(noisy("value"), leaf("future", 1, 1), false),
    four_scopes(noisy("p"), noisy("q")),
    forwarding(noisy("own")),
    borrows_its_own(noisy("a")),
    nothing(),
    unused_arguments(noisy("1"), (noisy("2a"), noisy("2b")), noisy("3")),
    returns_early_no: returns_early(false, noisy("a")),
    returns_early_yes: returns_early(true, noisy("a")),
    all_methods(),
    recursive_through_a_box: recursive(2),
    in_an_array(),
}
