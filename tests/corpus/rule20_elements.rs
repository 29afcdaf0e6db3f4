// References to arrays whose elements are coerced to what a call wants.

trait ToSql {
    fn sql(&self) -> u32;
}
impl ToSql for u32 {
    fn sql(&self) -> u32 {
        *self
    }
}
impl ToSql for Noisy {
    fn sql(&self) -> u32 {
        self.look()
    }
}
#[lower]
async fn query(text: &str, params: &[&dyn ToSql]) -> u32 {
    tick(text.to_string()).await;
    params.iter().map(|p| p.sql()).sum()
}
#[lower]
async fn query_with_parameters(a: u32) -> u32 {
    let b = noisy("b");
    let n = query("one", &[&a]).await + query("two", &[&a, &b, &noisy("temp")]).await;
    let m = query("none", &[]).await;
    n + m + b.look()
}
#[lower]
async fn exact(
    list: &[u32; 2],
    more: &mut [u32; 1],
    any: impl IntoIterator<Item = &'static str>,
) -> u32 {
    tick("exact").await;
    more[0] += 1;
    list[0] + list[1] + more[0] + any.into_iter().count() as u32
}
#[lower]
async fn arrays_as_they_are(a: u32) -> u32 {
    let x = exact(&[a, 2], &mut [a + 1], ["x"]).await;
    let y = fill(&mut [a; 3]).await + fill(&mut [1, a]).await;
    x + y + sum([&a, &leaf("z", 1, 3).await]).await
}
async fn sum(l: [&u32; 2]) -> u32 {
    l[0] + l[1]
}
#[lower]
async fn fill(list: &mut [u32]) -> u32 {
    for item in list.iter_mut() {
        *item += leaf("item", 1, 1).await;
    }
    list.iter().sum()
}
#[lower]
async fn closures_as_elements(a: u32) -> u32 {
    let n = apply(&[&|x| x + 1, &|x| x * a]).await;
    n + leaf(
        "p",
        1,
        first(&[Box::new(noisy("boxed")) as Box<dyn ToSql>, Box::new(a)]),
    )
    .await
}
async fn apply(l: &[&dyn Fn(u32) -> u32]) -> u32 {
    tick("apply").await;
    l.iter().fold(1, |n, f| f(n))
}
fn first(l: &[Box<dyn ToSql>]) -> u32 {
    l[0].sql()
}

// Elements that are tuples of references and constants.
#[derive(Clone, Debug)]
enum Type {
    Plain,
    Loud(std::sync::Arc<u32>),
}
impl Type {
    const TEXT: Type = Type::Plain;
    const INT: Type = Type::Plain;
}
impl ToSql for &str {
    fn sql(&self) -> u32 {
        self.len() as u32
    }
}
async fn with_types(text: &str, p: &[(&(dyn ToSql + Sync), Type)]) -> u32 {
    tick("q").await;
    p.iter().map(|p| p.0.sql()).sum()
}
#[lower]
async fn typed_elements(k: u32) -> u32 {
    let n = with_types("x", &[(&"dave", Type::TEXT), (&39u32, Type::INT)]).await;
    n + with_types("y", &[(&k, Type::TEXT)]).await
}
trait Store {
    fn get(&self) -> u32;
}

struct Plain(Noisy);

struct Counted(Noisy, u32);

impl Store for Plain {
    fn get(&self) -> u32 {
        self.0.look()
    }
}

impl Store for Counted {
    fn get(&self) -> u32 {
        self.0.look() + self.1
    }
}

fn counted(text: &str) -> Result<Counted, Failure> {
    Ok(Counted(noisy("counted"), text.len() as u32))
}

// What the `let` wants reaches each element of what it extends.
#[lower]
async fn elements_behind_references() -> u32 {
    use std::sync::Arc;
    let text = String::from("text");
    let stores: &[Arc<dyn Store>] = &[
        Arc::new(Plain(noisy("plain"))),
        Arc::new(counted(text.as_str()).unwrap()),
    ];
    let pair: &mut (Box<dyn Store>, Option<Box<dyn Store>>) = &mut (
        Box::new(Plain(noisy("left"))),
        Some(Box::new(counted("right").unwrap())),
    );
    let boxes: [Box<dyn Store>; 2] = [
        Box::new(Plain(noisy("one"))),
        Box::new(counted("two").unwrap()),
    ];
    let mut sum = 0;
    for store in stores {
        sum += leaf("store", 1, store.get()).await;
    }
    for store in &boxes {
        sum += leaf("box", 1, store.get()).await;
    }
    sum + pair.0.get() + pair.1.as_ref().map_or(0, |right| right.get())
}

// The element of a tuple is coerced though another one of it is asked about.
trait Build {
    type Context<'c>;
    type Built;
    fn execute<'life, 'all>(
        self,
        cache: impl Send + 'all,
        ctx: Self::Context<'life>,
    ) -> Pin<Box<dyn Future<Output = Result<Self::Built, Failure>> + Send + 'all>>
    where
        'life: 'all,
        Self: 'all;
}
struct Followup(Noisy);
impl Build for Followup {
    type Context<'c> = (Option<u32>, &'c str);
    type Built = u32;
    fn execute<'life, 'all>(
        self,
        cache: impl Send + 'all,
        ctx: Self::Context<'life>,
    ) -> Pin<Box<dyn Future<Output = Result<u32, Failure>> + Send + 'all>>
    where
        'life: 'all,
        Self: 'all,
    {
        Box::pin(async move {
            tick("execute").await;
            drop(cache);
            Ok(self.0.look() + ctx.0.unwrap_or(0) + ctx.1.len() as u32)
        })
    }
}
struct Interaction {
    token: String,
    name: Noisy,
}
#[lower]
impl Interaction {
    async fn edit(
        &self,
        cache: impl Send,
        id: impl Into<u32>,
        builder: Followup,
    ) -> Result<u32, Failure> {
        builder.execute(cache, (Some(id.into()), &self.token)).await
    }
}
#[lower]
async fn edits() -> Result<u32, Failure> {
    let i = Interaction {
        token: "token".into(),
        name: noisy("i"),
    };
    Ok(i.edit(noisy("cache"), 3u16, Followup(noisy("f"))).await? + i.name.look())
}

cases! {
    edits(),
    elements_behind_references(),
    typed_elements(3),
    query_with_parameters(3),
    arrays_as_they_are(3),
    closures_as_elements(4),
}
