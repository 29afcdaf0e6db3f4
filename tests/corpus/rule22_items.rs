// Items, attributes, `cfg`, `unsafe`, constants, macro expansions and awkward names.

#[lower]
async fn items_inside(number: u32) -> u32 {
    use std::collections::BTreeMap as Map;
    const BASE: u32 = 10;
    static TEXT: &str = "text";
    type Number = u32;
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Kind {
        Small,
        Large,
    }
    struct Local {
        kind: Kind,
    }
    impl Local {
        fn weight(&self) -> Number {
            if self.kind == Kind::Small { 1 } else { 2 }
        }
    }
    macro_rules! add {
        ($left:expr, $right:expr) => {
            $left + $right
        };
    }
    fn helper(number: u32) -> u32 {
        number + BASE
    }
    async fn inner(number: u32) -> u32 {
        tick("inner").await;
        helper(number)
    }
    let local = Local {
        kind: if number > 5 { Kind::Large } else { Kind::Small },
    };
    let mut map = Map::new();
    map.insert(1, inner(number).await);
    add!(map[&1], local.weight()) + TEXT.len() as u32
}

#[lower]
async fn lowered_function_inside(number: u32) -> u32 {
    #[lower]
    async fn inner(number: u32, own: Noisy) -> u32 {
        tick("inner").await;
        number + own.look()
    }
    inner(number, noisy("own")).await + 1
}

#[lower]
async fn attributes_on_statements(number: u32) -> u32 {
    #[allow(unused_mut)]
    let mut sum = leaf("sum", 1, number).await;
    #[cfg(any())]
    compile_error!("left out");
    #[cfg(any())]
    let sum = "left out";
    #[cfg(all())]
    let sum = sum + leaf("kept", 1, 1).await;
    #[rustfmt::skip]
    let list = [
        #[cfg(any())]
        not_there,
        #[cfg(all())]
        leaf("element", 1, 1).await,
    ];
    #[cfg(any())]
    {
        not_there.await;
    }
    #[allow(clippy::identity_op)]
    {
        sum + list.len() as u32 + 0
    }
}

struct Wide {
    number: u32,
}

#[lower]
async fn many_conditions(number: u32) -> u32 {
    let mut sum = number;
    #[cfg(unix)]
    {
        sum += leaf("unix", 1, 1).await;
    }
    #[cfg(windows)]
    not_there.await;
    #[cfg(target_pointer_width = "64")]
    let kept = noisy("wide");
    #[cfg(not(target_pointer_width = "64"))]
    let kept = noisy("narrow");
    #[cfg(any(test, unix))]
    tick("either").await;
    #[cfg(all(test, unix))]
    let list = vec![
        Wide {
            #[cfg(debug_assertions)]
            number: leaf("checked", 1, 1).await,
            #[cfg(not(debug_assertions))]
            number: leaf("fast", 1, 1).await,
            #[cfg(windows)]
            other: not_there,
        },
        Wide { number: 3 },
    ];
    #[cfg(target_os = "none")]
    #[cfg(target_has_atomic = "8")]
    not_there(leaf("none", 1, 1).await);
    #[cfg(not(any()))]
    #[cfg(target_has_atomic = "8")]
    {
        sum += list.len() as u32 + list[0].number;
    }
    match sum {
        #[cfg(panic = "unwind")]
        6 => leaf("six", 1, 5).await,
        _ => kept.look() + sum,
    }
}

#[lower]
#[allow(non_snake_case)]
#[inline]
#[must_use]
/// With documentation.
pub(crate) async fn Attributed(#[allow(unused)] number: u32) -> u32 {
    tick("pause").await;
    number
}

#[lower]
async fn unsafe_block(mut list: Vec<u32>) -> u32 {
    let pointer = list.as_mut_ptr() as usize;
    // SAFETY: the list has an element and is not touched in between.
    unsafe {
        *(pointer as *mut u32) = leaf("number", 1, 9).await;
    }
    list[0]
}

#[lower]
async unsafe fn unsafe_function(list: &[u32]) -> u32 {
    tick("pause").await;
    // SAFETY: the caller promises an element.
    unsafe { *list.get_unchecked(0) }
}

#[lower]
async fn calls_the_unsafe_function() -> u32 {
    let list = vec![3];
    // SAFETY: the list has an element.
    unsafe { unsafe_function(&list).await }
}

#[lower]
async fn const_block_and_const_value() -> usize {
    const LENGTH: usize = 4;
    let list = [const { Vec::<u32>::new() }; LENGTH];
    tick("pause").await;
    list.len() + const { LENGTH * 2 }
}

#[lower]
async fn dyn_values(a: Noisy) -> String {
    let list: Vec<Box<dyn Debug>> = vec![Box::new(1), Box::new("text"), Box::new(a)];
    let mut text = String::new();
    for item in &list {
        tick("turn").await;
        text += &format!("{item:?} ");
    }
    text
}

macro_rules! generated {
    ($name:ident, $argument:ident: $type:ty => $body:expr) => {
        #[lower]
        async fn $name($argument: $type) -> u32 {
            let hygienic = noisy(stringify!($name));
            tick("generated").await;
            $body + hygienic.look()
        }
    };
}

generated!(from_a_macro, input: u32 => input + 1);
generated!(from_a_macro_with_await, input: Noisy => input.peek().await + input.look());

#[lower]
async fn raw_identifiers(r#type: u32) -> u32 {
    let r#match = leaf("match", 1, r#type).await;
    tick("pause").await;
    r#match + r#type
}

#[not_yet]
#[allow(non_snake_case)]
async fn names_the_lowering_may_use(
    state: u32,
    cx: u32,
    context: u32,
    machine: u32,
    this: u32,
) -> u32 {
    let poll = leaf("poll", 1, state).await;
    let waker = leaf("waker", 1, cx).await;
    let future = leaf("future", 1, context).await;
    let (Start, Done) = (1, 2);
    tick("pause").await;
    let output = machine + this;
    tick("pause").await;
    poll + waker + future + output + Start + Done
}

struct Conditional(Noisy);

#[lower]
impl Conditional {
    async fn parameters(&self, #[cfg(any())] left_out: u8, #[cfg(all())] kept: u32) -> u32 {
        let number = match kept {
            #[cfg(any())]
            5 => not_there,
            #[cfg(not(any()))]
            5 => leaf("five", 1, 5).await,
            _ => 0,
        };
        let local = noisy("local");
        // Taken into the closure only if the condition holds.
        let closure = move || {
            #[cfg(any())]
            drop(local);
            number
        };
        tick("pause").await;
        #[cfg_attr(all(), allow(unused))]
        let sum = closure() + self.0.look();
        #[cfg(all())]
        {
            sum + 1
        }
        #[cfg(not(all()))]
        {
            not_there
        }
    }
}

#[lower]
async fn conditional_generics<
    #[cfg(any())] N: NotThere,
    #[cfg(all())] T: Debug,
    const LENGTH: usize,
>(
    #[cfg(any())] left_out: N,
    #[cfg(all())] kept: [T; LENGTH],
) -> u32 {
    let local = noisy("local");
    tick("pause").await;
    format!("{kept:?}").len() as u32 + local.look()
}

#[lower]
async fn drives_the_conditional(number: u32) -> u32 {
    let generic = conditional_generics([number; 2]).await;
    Conditional(noisy("own")).parameters(number).await + generic
}

cases! {
    drives_the_conditional(5),
    items_inside(7),
    lowered_function_inside(1),
    many_conditions(2), attributes_on_statements(1),
    attributed: Attributed(1),
    unsafe_block(vec![1]),
    calls_the_unsafe_function(),
    const_block_and_const_value(),
    dyn_values(noisy("a")),
    from_a_macro(1),
    from_a_macro_with_await(noisy("input")),
    raw_identifiers(1),
    names_the_lowering_may_use(1, 2, 3, 4, 5),
}
