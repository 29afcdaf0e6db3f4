// Sizes: arguments that are forwarded, moved and wrapped.

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

#[lower]
async fn forwarded_0<const N: usize>(data: [u8; N]) -> u32 {
    pause().await;
    sum(&data)
}

#[lower]
async fn forwarded_1<const N: usize>(data: [u8; N]) -> u32 {
    forwarded_0(data).await
}

#[lower]
async fn forwarded_2<const N: usize>(data: [u8; N]) -> u32 {
    forwarded_1(data).await
}

#[lower]
async fn forwarded_3<const N: usize>(data: [u8; N]) -> u32 {
    forwarded_2(data).await
}

#[lower]
async fn hundred_bytes(data: [u8; 100]) -> u32 {
    pause().await;
    sum(&data)
}

#[lower]
async fn hundred_bytes_once(data: [u8; 100]) -> u32 {
    hundred_bytes(data).await
}

#[lower]
async fn hundred_bytes_twice(data: [u8; 100]) -> u32 {
    hundred_bytes_once(data).await
}

#[lower]
async fn hundred_bytes_three_times(data: [u8; 100]) -> u32 {
    hundred_bytes_twice(data).await
}

/// A future of this many bytes that is ready at once.
struct Large<const N: usize>([u8; N]);

impl<const N: usize> Future for Large<N> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _context: &mut std::task::Context<'_>) -> std::task::Poll<u32> {
        std::task::Poll::Ready(sum(&self.0))
    }
}

#[lower]
async fn wrap<F: Future>(future: F) -> F::Output {
    future.await
}

#[lower]
async fn wrap_and_look<F: Future<Output = u32>>(future: F) -> u32 {
    let number = future.await;
    pause().await;
    number + 1
}

#[lower]
async fn wrap_in_a_block<F: Future>(future: F) -> F::Output {
    async move { future.await }.await
}

#[lower]
async fn moved_to_a_local(data: [u8; 200]) -> u32 {
    let local = data;
    pause().await;
    sum(&local)
}

#[lower]
async fn moved_through_three_locals(data: [u8; 200]) -> u32 {
    let first = data;
    pause().await;
    let second = first;
    pause().await;
    let third = second;
    pause().await;
    sum(&third)
}

#[lower]
async fn moved_vector(list: Vec<u8>) -> u32 {
    let moved = list;
    pause().await;
    let length = consume(moved);
    pause().await;
    length
}

fn consume(list: Vec<u8>) -> u32 {
    list.len() as u32
}

#[lower]
async fn unused_argument(data: [u8; 500]) -> u32 {
    pause().await;
    1
}

#[lower]
async fn argument_used_before_the_await(data: [u8; 500]) -> u32 {
    let number = sum(&data);
    pause().await;
    number
}

#[lower]
async fn no_await(data: [u8; 100]) -> u8 {
    data[0]
}

#[lower]
async fn borrowed_argument(data: &[u8; 500]) -> u32 {
    pause().await;
    sum(data)
}

#[lower]
async fn lends_its_argument(data: [u8; 500]) -> u32 {
    borrowed_argument(&data).await
}

#[lower]
async fn argument_forwarded_in_two_branches(data: [u8; 300], flag: bool) -> u32 {
    if flag { hundred_bytes([1; 100]).await } else { forwarded_1(data).await }
}

#[lower]
async fn argument_consumed_by_a_method(text: String, more: u8) -> usize {
    pause().await;
    let bytes = text.into_bytes();
    pause().await;
    bytes.len() + more as usize
}

#[lower]
async fn passes_a_result_on() -> u8 {
    let data = make().await;
    take(data).await
}

#[lower]
async fn make() -> [u8; 256] {
    [0; 256]
}

#[lower]
async fn take(data: [u8; 256]) -> u8 {
    pause().await;
    data[0]
}

#[lower]
async fn pattern_argument((left, right): ([u8; 100], [u8; 50])) -> u32 {
    pause().await;
    sum(&left) + sum(&right)
}

#[lower]
async fn three_arguments(first: u8, second: u64, third: [u8; 33]) -> u64 {
    pause().await;
    u64::from(first) + second + third.len() as u64
}

#[lower]
async fn boxed_recursion(depth: u32, data: [u8; 64]) -> u32 {
    if depth == 0 {
        pause().await;
        return sum(&data);
    }
    Box::pin(boxed_recursion(depth - 1, data)).await
}

struct Client {
    buffer: [u8; 128],
}

impl Client {
    #[lower]
    async fn by_value(self) -> u32 {
        pause().await;
        sum(&self.buffer)
    }

    #[lower]
    async fn forwards(self) -> u32 {
        self.by_value().await
    }
}

cases! {
    hundred_bytes_0: hundred_bytes([7; 100]),
    hundred_bytes_1: hundred_bytes_once([7; 100]),
    hundred_bytes_2: hundred_bytes_twice([7; 100]),
    hundred_bytes_3: hundred_bytes_three_times([7; 100]),
    one_kibibyte_0: forwarded_0([7; 1024]),
    one_kibibyte_1: forwarded_1([7; 1024]),
    one_kibibyte_2: forwarded_2([7; 1024]),
    one_kibibyte_3: forwarded_3([7; 1024]),
    eight_kibibytes: forwarded_0([7; 8192]),
    eight_kibibytes_wrapped_once: wrap(forwarded_0([7; 8192])),
    eight_kibibytes_wrapped_ten_times: wrap(wrap(wrap(wrap(wrap(wrap(wrap(wrap(wrap(wrap(Large([7; 8192]))))))))))),
    sixty_four_kibibytes_in_four_layers: wrap(wrap(wrap(forwarded_0([7; 65536])))),
    sixty_four_kibibytes_forwarded: forwarded_3([7; 65536]),
    wrapped_and_looked_at: wrap_and_look(wrap_and_look(wrap_and_look(hundred_bytes([7; 100])))),
    wrapped_in_blocks: wrap_in_a_block(wrap_in_a_block(hundred_bytes([7; 100]))),
    moved_to_a_local([7; 200]),
    moved_through_three_locals([7; 200]),
    moved_vector(vec![1, 2]),
    unused_argument([7; 500]),
    argument_used_before_the_await([7; 500]),
    no_await([7; 100]),
    lends_its_argument([7; 500]),
    argument_forwarded_in_two_branches([7; 300], true),
    argument_consumed_by_a_method(String::from("text"), 1),
    passes_a_result_on(),
    make(),
    take([7; 256]),
    pattern_argument(([7; 100], [7; 50])),
    three_arguments(1, 2, [7; 33]),
    boxed_recursion(2, [7; 64]),
    method_by_value: Client { buffer: [7; 128] }.by_value(),
    method_forwards: Client { buffer: [7; 128] }.forwards(),
}
