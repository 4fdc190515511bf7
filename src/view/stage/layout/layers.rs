//! Layers: which column each node stands in, and in which order, so that few links cross.
//!
//! Longest paths give the columns (edges that close a cycle are left out), barycentres the order (Sugiyama's
//! method). A link that spans several columns gets a stand-in in each of those between, so that it finds its
//! way between the cards.

use crate::base::order_by;

/// More stand-ins than this are not made: the links then run straight.
const MOST_STAND_INS: usize = 512;

/// How often the order is swept forth and back.
const SWEEPS: usize = 6;

/// Columns of vertices. A vertex below the number of nodes is a node, one above it a stand-in.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    /// The vertices of each column, in order.
    pub columns: Vec<Vec<usize>>,
    /// Column of each vertex.
    pub column: Vec<usize>,
    /// Neighbours in the column before, by vertex.
    pub before: Vec<Vec<usize>>,
    /// Neighbours in the column after, by vertex.
    pub after: Vec<Vec<usize>>,
    /// For each edge the vertices that it runs through, from the earlier column to the later one; only the
    /// ends where it has no stand-ins.
    pub chains: Vec<Vec<usize>>,
}

/// Lays `nodes` nodes out by their directed `edges`; `first` are the nodes to begin with.
pub(super) fn layers(nodes: usize, edges: &[(usize, usize)], first: &[usize]) -> Layers {
    let column = columns(nodes, edges, first);
    let mut layers = Layers { column, ..Layers::default() };
    layers.before = vec![Vec::new(); nodes];
    layers.after = vec![Vec::new(); nodes];
    let between = |&(a, b): &(usize, usize)| layers.column[a].abs_diff(layers.column[b]).saturating_sub(1);
    let stand_ins = edges.iter().map(between).sum::<usize>() <= MOST_STAND_INS;
    for &(a, b) in edges {
        let (a, b) = if layers.column[a] <= layers.column[b] { (a, b) } else { (b, a) };
        let chain = layers.chain(a, b, stand_ins);
        layers.chains.push(chain);
    }
    let count = layers.column.iter().map(|&c| c + 1).max().unwrap_or(0);
    layers.columns = vec![Vec::new(); count];
    for vertex in 0..layers.column.len() {
        layers.columns[layers.column[vertex]].push(vertex);
    }
    layers.order();
    layers
}

/// Longest path from the first nodes, over all edges that close no cycle.
fn columns(nodes: usize, edges: &[(usize, usize)], first: &[usize]) -> Vec<usize> {
    let mut out = vec![Vec::new(); nodes];
    let mut has_incoming = vec![false; nodes];
    for &(a, b) in edges.iter().filter(|(a, b)| a != b) {
        out[a].push(b);
        has_incoming[b] = true;
    }
    let sources = (0..nodes).filter(|&node| !has_incoming[node]);
    let roots = first.iter().copied().chain(sources).chain(0..nodes);
    // Depth-first: 0 not seen, 1 on the path, 2 done. The reverse of the order in which nodes are done is
    // topological once the edges back to the path are left out.
    let mut state = vec![0u8; nodes];
    let mut done = Vec::with_capacity(nodes);
    let mut kept = Vec::new();
    for root in roots {
        let mut path = vec![(root, 0)];
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&to) = out[node].get(*next) else {
                state[node] = 2;
                done.push(node);
                path.pop();
                continue;
            };
            *next += 1;
            if state[to] != 1 {
                kept.push((node, to));
            }
            if state[to] == 0 {
                state[to] = 1;
                path.push((to, 0));
            }
        }
    }
    let mut forward = vec![Vec::new(); nodes];
    for (a, b) in kept {
        forward[a].push(b);
    }
    let mut column = vec![0; nodes];
    for &node in done.iter().rev() {
        for &to in &forward[node] {
            column[to] = column[to].max(column[node] + 1);
        }
    }
    column
}

impl Layers {
    /// The vertices from `a` to `b`, stand-ins made where wanted, neighbours noted.
    fn chain(&mut self, a: usize, b: usize, stand_ins: bool) -> Vec<usize> {
        let mut chain = vec![a];
        if stand_ins {
            for column in self.column[a] + 1..self.column[b] {
                chain.push(self.column.len());
                self.column.push(column);
                self.before.push(Vec::new());
                self.after.push(Vec::new());
            }
        }
        chain.push(b);
        for pair in chain.windows(2) {
            if self.column[pair[0]] < self.column[pair[1]] {
                self.after[pair[0]].push(pair[1]);
                self.before[pair[1]].push(pair[0]);
            }
        }
        chain
    }

    /// Sorts every column by the mean place of its neighbours, forth and back, and keeps the best order met.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.columns.clone());
        for sweep in 0..SWEEPS {
            let count = self.columns.len();
            for step in 1..count {
                let forth = sweep % 2 == 0;
                let column = if forth { step } else { count - 1 - step };
                let place = self.places();
                let near = if forth { &self.before } else { &self.after };
                let mean = |vertex: usize| {
                    let near = &near[vertex];
                    let sum: f64 = near.iter().map(|&v| place[v]).sum();
                    if near.is_empty() { place[vertex] } else { sum / near.len() as f64 }
                };
                // A stable sort: what has no better place stays as written.
                let mut keyed: Vec<(usize, f64)> =
                    self.columns[column].iter().map(|&v| (v, mean(v))).collect();
                order_by(&mut keyed, &|item| item.1);
                for (vertex, (sorted, _)) in self.columns[column].iter_mut().zip(keyed) {
                    *vertex = sorted;
                }
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.columns.clone());
            }
        }
        self.columns = best.1;
    }

    /// Place of each vertex in its column, as a share of the column.
    fn places(&self) -> Vec<f64> {
        let mut place = vec![0.0; self.column.len()];
        for column in &self.columns {
            for (at, &vertex) in column.iter().enumerate() {
                place[vertex] = (at as f64 + 0.5) / column.len() as f64;
            }
        }
        place
    }

    /// How many pairs of edges cross.
    fn crossings(&self) -> usize {
        let place = self.places();
        let mut crossings = 0;
        for column in &self.columns {
            let mut edges: Vec<(f64, f64)> = Vec::new();
            for &a in column {
                edges.extend(self.after[a].iter().map(|&b| (place[a], place[b])));
            }
            for (at, &(a, b)) in edges.iter().enumerate() {
                crossings += edges[at + 1..].iter().filter(|&&(c, d)| (a - c) * (b - d) < 0.0).count();
            }
        }
        crossings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(nodes: usize, edges: &[(usize, usize)], expected: &[&[usize]]) {
        let layers = layers(nodes, edges, &[0][..nodes.min(1)]);
        let seen: Vec<Vec<usize>> = layers
            .columns
            .iter()
            .map(|column| column.iter().copied().filter(|&v| v < nodes).collect())
            .collect();
        assert_eq!(seen, expected, "{edges:?}");
        assert_eq!(layers.chains.len(), edges.len());
    }

    #[test]
    fn longest_paths_give_the_columns() {
        check(0, &[], &[]);
        check(1, &[], &[&[0]]);
        check(3, &[(0, 1), (1, 2)], &[&[0], &[1], &[2]]);
        // The shortcut does not pull the last node forward.
        check(3, &[(0, 1), (1, 2), (0, 2)], &[&[0], &[1], &[2]]);
        check(4, &[(0, 1), (0, 2), (1, 3), (2, 3)], &[&[0], &[1, 2], &[3]]);
    }

    #[test]
    fn cycles_and_loops_are_tolerated() {
        check(3, &[(0, 1), (1, 2), (2, 1)], &[&[0], &[1], &[2]]);
        check(2, &[(0, 1), (1, 1)], &[&[0], &[1]]);
        check(2, &[(1, 0), (0, 1)], &[&[0], &[1]]);
    }

    #[test]
    fn crossings_are_undone() {
        // 1 and 2 lead to 4 and 3: swapped, they cross nothing.
        let layers = layers(5, &[(0, 1), (0, 2), (1, 4), (2, 3)], &[0]);
        assert_eq!(layers.crossings(), 0);
    }
}
