// The temporaries of what a compound assignment adds live to the end of the statement, beyond the await of its index.

#[lower]
async fn array() -> u32 {
    let mut z = [1u32, 2, 3];
    z[leaf("i", 1, 1usize).await] += noisy("t").look();
    z[1]
}
#[lower]
async fn vector() -> u32 {
    let mut z = vec![1u32, 2, 3];
    z[leaf("i", 1, 1usize).await] += noisy("t").view().look();
    z[1]
}
struct Sum(u32);
impl std::ops::AddAssign<&Noisy> for Sum {
    fn add_assign(&mut self, other: &Noisy) {
        self.0 += other.look();
    }
}
impl std::ops::AddAssign<u32> for Sum {
    fn add_assign(&mut self, other: u32) {
        mark("add");
        self.0 += other;
    }
}
#[lower]
async fn overloaded() -> u32 {
    let mut sums = vec![Sum(1), Sum(2)];
    sums[leaf("i", 1, 1usize).await] += &noisy("t");
    sums[0] += noisy("u").view().look() + leaf("v", 1, 2).await;
    sums[1] += leaf("w", 1, noisy("w")).await.look();
    sums[0].0 + sums[1].0
}
#[lower]
async fn numbers() -> u32 {
    let mut z = vec![1u32, 2, 3];
    z[0] += noisy("u").view().look() + leaf("v", 1, 2).await;
    z[1] += leaf("w", 1, noisy("w")).await.look();
    let mut n = 3;
    n += {
        let a = noisy("a");
        a.view().look() + leaf("x", 1, 2).await
    };
    n += noisy("u").view().look() + leaf("v", 1, 2).await;
    n + z[0] + z[1]
}
cases! { array(), vector(), overloaded(), numbers() }
