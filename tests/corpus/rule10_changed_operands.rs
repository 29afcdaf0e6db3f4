// Operands that a later operand changes or cannot find: they are read, or panic, before it awaits.

struct Counter {
    n: u32,
    m: [u32; 3],
    own: Noisy,
    v: Vec<u32>,
    s: String,
}
impl Counter {
    async fn bump(&mut self) -> u32 {
        self.n += 1;
        self.m[0] += 1;
        tick("bump").await;
        self.n += 1;
        self.n
    }
    async fn idx(&self) -> usize {
        tick("idx").await;
        self.n as usize % 3
    }
    async fn name(&self) -> String {
        tick("name").await;
        self.s.clone()
    }
    #[lower]
    async fn compares(&mut self) -> (bool, bool, bool) {
        let a = self.n < self.bump().await;
        let b = self.n == self.bump().await;
        let c = self.s == self.name().await;
        (a, b, c)
    }
    #[lower]
    async fn receivers(&mut self) -> (u32, u32, [u32; 3]) {
        let a = self.n.max(self.bump().await);
        let b = self.n.wrapping_mul(self.bump().await);

        self.n.max(3);
        self.v.push(self.idx().await as u32);
        (a, b, self.m)
    }
    #[lower]
    async fn arithmetic(&mut self) -> u32 {
        let a = self.n + self.bump().await;
        let b = self.m[0] * self.bump().await + self.m[0];
        a + b + self.own.look()
    }
}
#[lower]
async fn drive(which: u32) -> String {
    let mut c = Counter {
        n: 2,
        m: [1, 2, 3],
        own: noisy("own"),
        v: vec![],
        s: "s".into(),
    };
    match which {
        0 => format!("{:?}", c.compares().await),
        1 => format!("{:?}", c.receivers().await),
        _ => format!("{:?}", c.arithmetic().await),
    }
}

#[lower]
async fn index_out_of_range_receiver(mut v: Vec<Vec<u32>>, i: usize) -> usize {
    v[i].push(leaf("x", 1, 3).await);
    v.len()
}

#[lower]
async fn index_out_of_range_compare(v: Vec<u32>, i: usize) -> bool {
    v[i] == leaf("x", 1, 3).await
}

#[lower]
async fn index_out_of_range_array(mut v: [String; 2], i: usize) -> usize {
    v[i].push_str(leaf("x", 1, "abc").await);
    v[0].len()
}

#[lower]
async fn local_receiver() -> u32 {
    async fn bump(n: &mut u32) -> u32 {
        *n += 1;
        tick("b").await;
        *n
    }
    let mut x = 3u32;
    let a = x.max(bump(&mut x).await);
    let b = x.pow(bump(&mut x).await);
    let c = x == bump(&mut x).await;
    let mut k = [1, 2, 3];
    k.swap(0, {
        tick("z").await;
        2
    });
    a + b + c as u32 + k[0]
}

cases! {
    compares: drive(0),
    receivers: drive(1),
    arithmetic: drive(2),
    receiver_in_range: index_out_of_range_receiver(vec![vec![]], 0),
    receiver_out_of_range: index_out_of_range_receiver(vec![vec![]], 3),
    compared_in_range: index_out_of_range_compare(vec![3], 0),
    compared_out_of_range: index_out_of_range_compare(vec![3], 1),
    array_in_range: index_out_of_range_array([String::new(), String::new()], 1),
    array_out_of_range: index_out_of_range_array([String::new(), String::new()], 2),
    local_receiver(),
}
