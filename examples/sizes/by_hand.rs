//! The machines an expert would write for some of the bodies: a state for each await, with what is still needed there.
//! Nothing runs them; their size is the mark that the lowering is held against.

#![expect(dead_code, reason = "only the sizes of these types are asked for")]

use differential::prelude::Pause;

/// `pause().await; sum(&data)`
enum Waits<const N: usize> {
    Start { data: [u8; N] },
    Pause { data: [u8; N], pause: Pause },
    Done,
}

/// `waits(data).await`
enum Forwards<const N: usize, F> {
    Start { data: [u8; N] },
    Call { call: F },
    Done,
}

/// `future.await`: before and after the first poll the machine holds the same.
enum Wraps<F> {
    Future { future: F },
    Done,
}

/// `data`, moved to a new variable before each of three awaits.
enum WaitsThrice<const N: usize> {
    Start { data: [u8; N] },
    First { local: [u8; N], pause: Pause },
    Second { local: [u8; N], pause: Pause },
    Third { local: [u8; N], pause: Pause },
    Done,
}

/// `let number = sum(&data); pause().await; number`
enum SumsFirst<const N: usize> {
    Start { data: [u8; N] },
    Pause { number: u32, pause: Pause },
    Done,
}

/// Two blocks, each with a local across two awaits; then the sum of both.
enum TwoBlocks<const N: usize> {
    Start,
    First1 {
        local: [u8; N],
        pause: Pause,
    },
    First2 {
        local: [u8; N],
        pause: Pause,
    },
    Second1 {
        first: u32,
        local: [u8; N],
        pause: Pause,
    },
    Second2 {
        first: u32,
        local: [u8; N],
        pause: Pause,
    },
    Done,
}

/// `let local = data(); pause().await; sum(&local)`
enum WaitsWithLocal<const N: usize> {
    Start,
    Pause { local: [u8; N], pause: Pause },
    Done,
}

/// `if flag { .. } else { .. }` with a local and an await in each branch.
enum Branches {
    Start { flag: bool },
    Then { local: [u8; 300], pause: Pause },
    Otherwise { local: [u8; 200], pause: Pause },
    Done,
}

/// `pause().await` three times.
enum OnlyAwaits {
    Start,
    First { pause: Pause },
    Second { pause: Pause },
    Third { pause: Pause },
    Done,
}

/// An empty body.
enum Nothing {
    Start,
    Done,
}

/// `pause().await; flag`
enum OneFlag {
    Start { flag: bool },
    Pause { flag: bool, pause: Pause },
    Done,
}

type Hundred1 = Forwards<100, Waits<100>>;
type Hundred2 = Forwards<100, Hundred1>;
type Kibibyte1 = Forwards<1024, Waits<1024>>;
type Kibibyte2 = Forwards<1024, Kibibyte1>;
type Wrapped5 = Wraps<Wraps<Wraps<Wraps<Wraps<[u8; 8192]>>>>>;
type Wrapped10 = Wraps<Wraps<Wraps<Wraps<Wraps<Wrapped5>>>>>;
type Layers3 = Forwards<65536, Forwards<65536, Waits<65536>>>;

/// The size of the hand-written machine for this case of the corpus, if there is one.
pub fn size(case: &str) -> Option<usize> {
    Some(match case {
        "hundred_bytes_0" => size_of::<Waits<100>>(),
        "hundred_bytes_1" => size_of::<Hundred1>(),
        "hundred_bytes_2" => size_of::<Hundred2>(),
        "hundred_bytes_3" => size_of::<Forwards<100, Hundred2>>(),
        "one_kibibyte_0" => size_of::<Waits<1024>>(),
        "one_kibibyte_1" => size_of::<Kibibyte1>(),
        "one_kibibyte_2" => size_of::<Kibibyte2>(),
        "one_kibibyte_3" => size_of::<Forwards<1024, Kibibyte2>>(),
        "eight_kibibytes" => size_of::<Waits<8192>>(),
        "eight_kibibytes_wrapped_once" => size_of::<Wraps<Waits<8192>>>(),
        "eight_kibibytes_wrapped_ten_times" => size_of::<Wrapped10>(),
        "sixty_four_kibibytes_in_four_layers" => size_of::<Wraps<Wraps<Wraps<Waits<65536>>>>>(),
        "sixty_four_kibibytes_forwarded" => size_of::<Forwards<65536, Layers3>>(),
        "moved_to_a_local" => size_of::<Waits<200>>(),
        "moved_through_three_locals" => size_of::<WaitsThrice<200>>(),
        "unused_argument" => size_of::<Waits<500>>(),
        "argument_used_before_the_await" => size_of::<SumsFirst<500>>(),
        "take" => size_of::<Waits<256>>(),
        "two_disjoint_locals" => size_of::<TwoBlocks<1000>>(),
        "local_moved_once" => size_of::<WaitsWithLocal<100>>(),
        "branches" => size_of::<Branches>(),
        "only_awaits" => size_of::<OnlyAwaits>(),
        "nothing" => size_of::<Nothing>(),
        "one_flag" => size_of::<OneFlag>(),
        _ => return None,
    })
}
