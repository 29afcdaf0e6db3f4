// Methods with every kind of self, on single functions and on whole blocks.

use std::rc::Rc;
use std::sync::Arc;

#[derive(Debug)]
struct Service {
    own: Noisy,
    count: u32,
}

fn service(name: &'static str) -> Service {
    Service {
        own: noisy(name),
        count: 1,
    }
}

impl Service {
    const LIMIT: u32 = 3;

    #[lower]
    async fn by_value(self) -> u32 {
        tick("by value").await;
        self.own.look() + self.count
    }

    #[lower]
    async fn by_mutable_value(mut self, other: Noisy) -> Self {
        self.count += leaf("more", 1, 1).await;
        tick("by mutable value").await;
        self
    }

    #[lower]
    async fn by_reference(&self) -> u32 {
        self.own.peek().await + self.count
    }

    #[lower]
    async fn by_mutable_reference(&mut self, more: u32) -> &mut Self {
        self.count += more;
        self.own.change().await;
        self.count += leaf("more", 1, more).await;
        self
    }

    #[lower]
    async fn by_named_reference<'a>(&'a self, other: &str) -> (&'a Noisy, usize) {
        tick("by named reference").await;
        (&self.own, other.len())
    }

    #[lower]
    async fn by_box(self: Box<Self>, other: Noisy) -> u32 {
        tick("by box").await;
        self.own.look() + other.look()
    }

    #[lower]
    async fn by_rc(self: Rc<Self>) -> u32 {
        self.own.peek().await
    }

    #[lower]
    async fn by_arc(self: Arc<Self>) -> u32 {
        let copy = Arc::clone(&self);
        tick("by arc").await;
        copy.count + self.own.look()
    }

    #[lower]
    async fn by_arc_reference(self: &Arc<Self>) -> u32 {
        let copy = Arc::clone(self);
        tick("by arc reference").await;
        copy.own.look() + self.count
    }

    #[lower]
    async fn by_pin(self: Pin<&Self>) -> u32 {
        tick("by pin").await;
        self.get_ref().own.look()
    }

    #[lower]
    async fn by_mutable_pin(mut self: Pin<&mut Self>) -> u32 {
        self.count += 1;
        tick("by mutable pin").await;
        self.as_mut().count += 1;
        self.own.look() + self.count
    }

    #[lower]
    async fn by_explicit_self(self: &mut Self) -> u32 {
        self.own.change().await
    }

    #[lower]
    async fn without_self(name: &'static str) -> Self {
        let number = leaf("number", 1, Self::LIMIT).await;
        Self {
            own: noisy(name),
            count: number,
        }
    }

    #[lower]
    async fn calls_others(mut self) -> u32 {
        let first = self.by_reference().await;
        self.by_mutable_reference(2)
            .await
            .by_mutable_reference(3)
            .await;
        let (own, length) = self.by_named_reference("text").await;
        let second = own.peek().await + length as u32;
        let helper = Self::without_self("helper").await;
        first + second + helper.by_value().await + self.by_value().await
    }

    #[lower]
    async fn partially_moves_self(self) -> u32 {
        let own = self.own;
        tick("moved").await;
        own.look() + self.count
    }

    #[lower]
    async fn self_in_a_closure(&mut self) -> u32 {
        let mut add = |more| {
            self.count += more;
            self.count
        };
        add(1);
        tick("pause").await;
        self.count + self.own.look()
    }

    #[not_yet]
    async fn self_moved_into_a_block(self) -> u32 {
        let future = async move {
            tick("inside").await;
            self.own.look()
        };
        future.await
    }

    #[lower]
    async fn self_in_macros(&self) -> String {
        tick("pause").await;
        format!(
            "{} {:?} {}",
            self.count,
            self.own,
            leaf("argument", 1, self.count).await
        )
    }

    #[lower]
    async fn recursive(&mut self, depth: u32) -> u32 {
        if depth == 0 {
            return self.own.change().await;
        }
        Box::pin(self.recursive(depth - 1)).await + depth
    }
}

#[derive(Debug)]
struct Blocked<'a, T> {
    borrowed: &'a Noisy,
    value: T,
}

#[lower]
impl<'a, T: Debug + Clone> Blocked<'a, T> {
    const EXTRA: u32 = 7;

    async fn read(&self) -> u32 {
        self.borrowed.peek().await + Self::EXTRA
    }

    fn plain(&self) -> String {
        format!("{:?}", self.value)
    }

    async fn show(&self, times: usize) -> String {
        let mut text = String::new();
        for _ in 0..times {
            tick("show").await;
            text += &self.plain();
        }
        text
    }

    async fn replace<U>(self, value: U) -> Blocked<'a, U> {
        tick("replace").await;
        Blocked {
            borrowed: self.borrowed,
            value,
        }
    }

    pub(crate) async fn make(borrowed: &'a Noisy, value: T) -> Self {
        let this = Self { borrowed, value };
        this.read().await;
        this
    }
}

#[lower]
async fn drives_the_block() -> String {
    let own = noisy("own");
    let first = Blocked::make(&own, 1_u8).await;
    let text = first.show(2).await;
    let second = first.replace("text").await;
    text + &second.show(1).await
}

#[derive(Debug)]
struct Sized32<const N: usize>([Noisy; N]);

impl<const N: usize> Sized32<N> {
    #[lower]
    async fn sum(&self) -> u32 {
        let mut sum = N as u32;
        for item in &self.0 {
            sum += item.peek().await;
        }
        sum
    }
}

#[lower]
async fn drives_the_const_generic() -> u32 {
    Sized32([noisy("x"), noisy("y")]).sum().await
}

#[lower]
async fn drives_references() -> u32 {
    let mut own = service("service");
    let first = own.by_reference().await + own.by_explicit_self().await;
    let pinned = Pin::new(&own).by_pin().await;
    let mutable = Pin::new(&mut own).by_mutable_pin().await;
    let closure = own.self_in_a_closure().await;
    let text = own.self_in_macros().await;
    let shared = Arc::new(own);
    first + pinned + mutable + closure + text.len() as u32 + shared.by_arc_reference().await
}

#[lower]
async fn drives_recursion() -> u32 {
    service("service").recursive(3).await
}

trait Rows {
    fn row(&mut self, into: &mut String) -> impl Future<Output = bool> + Send;
}

impl Rows for Noisy {
    async fn row(&mut self, into: &mut String) -> bool {
        into.push_str("row");
        tick("row").await;
        self.look() > 0
    }
}

struct Reading<R> {
    rows: R,
    header: String,
}

#[lower]
impl<'r, R> Reading<R>
where
    R: Rows + 'r,
{
    async fn record(&mut self, record: &mut String) -> bool {
        self.rows.row(record).await
    }

    async fn header(&mut self) -> Result<&str, ()> {
        let mut record = String::new();
        if self.record(&mut record).await {
            self.header = record;
            Ok(&self.header)
        } else {
            Err(())
        }
    }

    // The block's lifetime is chosen anew in this call.
    async fn has_header(&mut self) -> bool {
        self.header().await.is_ok()
    }

    async fn make(mut rows: R) -> Self {
        let mut header = String::new();
        rows.row(&mut header).await;
        Reading { rows, header }
    }

    async fn into_rows(mut self) -> R {
        let mut last = String::new();
        self.record(&mut last).await;
        let Reading {
            rows,
            header: _header,
        } = self;
        rows
    }
}

#[lower]
async fn reads_in_a_generic_block() -> usize {
    let mut reading = Reading::make(noisy("rows")).await;
    let mut length = reading.header().await.map_or(0, str::len);
    length += usize::from(reading.has_header().await);
    length + reading.into_rows().await.look() as usize
}

/// Names its output by what it can do, and takes values that nothing tells how long they live.
struct Mailbox {
    own: Noisy,
    letters: Vec<u32>,
}

fn numbered(letters: &mut Vec<u32>) -> impl Iterator<Item = u32> + '_ {
    letters.drain(..)
}

#[lower]
impl Mailbox {
    async fn run(&mut self, command: &str) -> Result<usize, Failure> {
        self.own.change().await;
        self.letters.push(command.len() as u32);
        succeed("run", command.len()).await
    }

    async fn fetch<A, B>(
        &mut self,
        first: A,
        second: B,
    ) -> Result<impl Iterator<Item = u32> + '_, Failure>
    where
        A: AsRef<str>,
        B: AsRef<str>,
    {
        let length = self
            .run(&format!("{} {}", first.as_ref(), second.as_ref()))
            .await?;
        self.letters.push(length as u32);
        Ok(numbered(&mut self.letters))
    }

    async fn fetch_of<'m, A: AsRef<str>>(
        mailboxes: &'m mut [Mailbox],
        command: &A,
        other: &str,
    ) -> Option<impl Iterator<Item = u32> + Debug + use<'m, A>> {
        let length = mailboxes.first_mut()?.run(command.as_ref()).await.ok()?;
        let more = mailboxes[0].run(other).await.ok()?;
        Some(vec![length as u32, more as u32].into_iter())
    }
}

#[lower]
async fn fetches_what_has_no_name() -> Result<u32, Failure> {
    let mut mailbox = Mailbox {
        own: noisy("mailbox"),
        letters: Vec::new(),
    };
    let sum: u32 = {
        let command = String::from("first");
        mailbox.fetch(&command, "second").await?.sum()
    };
    tick("between").await;
    let mut mailboxes = [mailbox];
    let more = Mailbox::fetch_of(&mut mailboxes, &"command", "other").await;
    Ok(sum + more.map_or(0, Iterator::sum))
}

cases! {
    fetches_what_has_no_name(),
    reads_in_a_generic_block(),
    by_value: service("service").by_value(),
    by_mutable_value: service("service").by_mutable_value(noisy("other")),
    by_box: Box::new(service("service")).by_box(noisy("other")),
    by_rc: Rc::new(service("service")).by_rc(),
    by_arc: Arc::new(service("service")).by_arc(),
    without_self: Service::without_self("service"),
    calls_others: service("service").calls_others(),
    partially_moves_self: service("service").partially_moves_self(),
    self_moved_into_a_block: service("service").self_moved_into_a_block(),
    drives_the_block(),
    drives_the_const_generic(),
    drives_references(),
    drives_recursion(),
}
