//! Every order in which tasks can take turns.

use std::collections::HashMap;

use super::bank::World;

/// What was found.
pub struct Found {
    /// How many different worlds there are.
    pub worlds: usize,
    /// How many turns lead from one to another.
    pub steps: usize,
    /// How many worlds there are in which all tasks have ended.
    pub ends: usize,
    /// The shortest schedule after which all tasks have ended and the money is wrong.
    pub wrong: Option<Vec<String>>,
    /// The shortest schedule after which some task is left and none can go on.
    pub stuck: Option<Vec<String>>,
}

/// Takes every turn in every world, the worlds that fewer turns lead to first.
// A future changes only when it is polled, which nobody can do to a key.
#[allow(clippy::mutable_key_type)]
pub fn explore(start: World) -> Found {
    let mut found = Found {
        worlds: 1,
        steps: 0,
        ends: 0,
        wrong: None,
        stuck: None,
    };
    // Each world with the world it comes from and the turn that leads to it.
    let mut seen: HashMap<World, usize> = HashMap::from([(start.clone(), 0)]);
    let mut worlds: Vec<(World, Option<(usize, String)>)> = vec![(start, None)];
    let mut next = 0;
    while next < worlds.len() {
        let world = worlds[next].0.clone();
        let mut goes_on = false;
        for task in 0..3 {
            let Some(step) = world.after(task) else {
                continue;
            };
            found.steps += 1;
            goes_on |= step.world != world;
            if !seen.contains_key(&step.world) {
                seen.insert(step.world.clone(), worlds.len());
                worlds.push((step.world, Some((next, step.text))));
            }
        }
        if world.has_ended() {
            found.ends += 1;
            if !world.is_right() && found.wrong.is_none() {
                let mut schedule = schedule(&worlds, next);
                schedule.push(format!("the accounts hold {:?}", world.balances()));
                found.wrong = Some(schedule);
            }
        } else if !goes_on && found.stuck.is_none() {
            found.stuck = Some(schedule(&worlds, next));
        }
        next += 1;
    }
    found.worlds = worlds.len();
    found
}

fn schedule(worlds: &[(World, Option<(usize, String)>)], last: usize) -> Vec<String> {
    let mut turns = Vec::new();
    let mut at = last;
    while let Some((before, text)) = &worlds[at].1 {
        turns.push(text.clone());
        at = *before;
    }
    turns.reverse();
    turns
}
