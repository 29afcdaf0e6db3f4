// What a closure is given and gives is told by where it stands, also where it uses a variable in several ways or a statement has temporaries.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

struct Buffered {
    read: Vec<u8>,
    name: Noisy,
}

#[lower]
impl Buffered {
    async fn read_buffered(&mut self, len: usize) -> Result<Vec<u8>, Failure> {
        self.try_read(|buffer| {
            Ok(if buffer.len() < len {
                ControlFlow::Continue(len)
            } else {
                ControlFlow::Break(buffer.split_off(len))
            })
        })
        .await
    }

    async fn try_read<F, R>(&mut self, mut try_read: F) -> Result<R, Failure>
    where
        F: FnMut(&mut Vec<u8>) -> Result<ControlFlow<R, usize>, Failure>,
    {
        loop {
            let length = match try_read(&mut self.read)? {
                ControlFlow::Continue(length) => length,
                ControlFlow::Break(read) => return Ok(read),
            };
            while self.read.len() < length {
                self.name.touch();
                self.read.push(leaf("byte", 1, 1).await);
            }
        }
    }
}

#[lower]
async fn buffered() -> usize {
    let mut buffered = Buffered {
        read: vec![1, 2],
        name: noisy("buffered"),
    };
    let read = buffered.read_buffered(3).await;
    read.map_or(0, |read| read.len() + buffered.read.len())
}

struct Signal(u32);

impl Signal {
    fn arguments(&self) -> Option<u32> {
        Some(self.0)
    }
}

struct Signals(Noisy);

struct Mapped<F>(Signals, F);

trait Mappable: Sized {
    fn map<F, R>(self, function: F) -> Mapped<F>
    where
        F: FnMut(Signal) -> R;
}

impl Mappable for Signals {
    fn map<F, R>(self, function: F) -> Mapped<F>
    where
        F: FnMut(Signal) -> R,
    {
        Mapped(self, function)
    }
}

type Translate = Box<dyn FnMut(Signal) -> Option<u32> + Send>;

struct Owner {
    stream: Mapped<Translate>,
    name: String,
}

async fn signals(names: &[(u32, &str)]) -> Result<Signals, Failure> {
    leaf("signals", names.len(), Ok(Signals(noisy("signals")))).await
}

struct Named(String);

impl Named {
    fn name(&self) -> &String {
        &self.0
    }
}

#[lower]
async fn owner(named: &Named) -> Result<Owner, Failure> {
    Ok(Owner {
        stream: signals(&[(0, named.name().as_str())])
            .await?
            .map(Box::new(move |signal| {
                let arguments = signal.arguments().unwrap();
                Some(arguments).as_ref().map(|number| number.to_owned())
            })),
        name: named.name().clone(),
    })
}

#[lower]
async fn owned() -> u32 {
    let named = Named("name".to_owned());
    let mut owner = owner(&named).await.ok().unwrap();
    tick("owned").await;
    (owner.stream.1)(Signal(3)).unwrap() + owner.name.len() as u32 + owner.stream.0.0.look()
}

struct Random(u32);

impl Random {
    fn within<T: Copy>(&mut self, range: Range<T>) -> T {
        self.0 += 1;
        range.start
    }
}

async fn fetch(ranges: Vec<Range<u64>>, gap: u64) -> Vec<Range<u64>> {
    leaf("fetch", 1, gap).await;
    ranges
}

#[lower]
async fn numbers_without_types() -> usize {
    let mut random = Random(0);
    let mut sum = 0;
    for _ in 0..2 {
        let length = random.within(10..250);
        let count = random.within(3..10);
        let ranges: Vec<_> = (0..count)
            .map(|_| {
                let start = random.within(0..length);
                let most = 20.min(length - start);
                let size = random.within(0..most);
                start..start + size
            })
            .collect();
        let gap = random.within(1..5);
        let fetched = fetch(ranges.clone(), gap).await;
        for pair in fetched.windows(2) {
            sum += (pair[1].start - pair[0].end) as usize;
            assert!(pair[0].start <= pair[1].start, "{ranges:?} {gap}");
        }
        sum += fetched.len();
    }
    sum
}

#[lower]
async fn errors_without_types(limit: u32) -> Result<u32, Failure> {
    let kept = noisy("kept");
    let checked: Result<Vec<u32>, Failure> = [1, 2, 3]
        .into_iter()
        .map(|number| {
            let given = (0..limit).contains(&number).then_some(number);
            let found = given.ok_or(Failure("none"))?;
            Ok(found + limit.min(2) + kept.look())
        })
        .collect();
    let sum: u32 = checked?.iter().sum();
    tick("between").await;
    let twice = || {
        let more = u32::try_from(limit as u64 + sum as u64).map_err(|_| Failure("large"))?;
        Ok::<_, Failure>(more + limit)
    };
    let block = async {
        let more = succeed("more", limit).await?;
        drop(succeed("most", kept).await?);
        Ok::<_, Failure>(more + limit)
    };
    Ok(twice()? + block.await? + limit)
}

// A closure behind a reference gets its signature from where that goes.
fn refresh<F: FnMut(&HashMap<u32, u32>, &HashMap<u32, u32>)>(
    known: &HashMap<u32, u32>,
    told: &mut F,
    more: &[u32],
) -> impl Future<Output = u32> {
    told(known, &HashMap::from([(1, 2)]));
    leaf("refresh", 1, more.len() as u32)
}
struct Worker {
    listener: Option<Noisy>,
    status: HashMap<u32, u32>,
    used: Vec<u32>,
}
#[lower]
impl Worker {
    fn changes(
        old: &HashMap<u32, u32>,
        new: &HashMap<u32, u32>,
        listener: Option<&Noisy>,
        status: &mut HashMap<u32, u32>,
    ) {
        listener.map(|l| l.look());
        status.insert(old.len() as u32, new.len() as u32);
    }
    async fn perform(&mut self) -> u32 {
        let known = HashMap::from([(3, 4)]);
        tick("read").await;
        let n = refresh(
            &known,
            &mut |old, new| Worker::changes(old, new, self.listener.as_ref(), &mut self.status),
            &self.used.clone(),
        )
        .await;
        let f: &dyn Fn(&str) -> usize = &|text| text.len() + known.len();
        tick("between").await;
        n + f("abc") as u32 + self.status.len() as u32
    }
}
#[lower]
async fn works() -> u32 {
    let mut w = Worker {
        listener: Some(noisy("listener")),
        status: HashMap::new(),
        used: vec![1, 2],
    };
    w.perform().await
}

cases! {
    works(),
    buffered(), owned(), numbers_without_types(), errors_without_types(9),
}
