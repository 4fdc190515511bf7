//! Places: from columns of vertices to coordinates across the flow, near to neighbours and without overlap.

use super::layers::Layers;

/// How often places are drawn towards neighbours; each pass costs one walk over all vertices.
const PASSES: usize = 10;

/// Middles of all vertices across the flow, within 0..`extent`. `size` is each vertex's length across; there are
/// `gap` pixels between two, less where they do not fit.
pub(super) fn places(layers: &Layers, size: &[f32], gap: f32, extent: f32) -> Vec<f32> {
    let mut place = vec![0.0; layers.column.len()];
    for column in &layers.columns {
        let total: f32 = column.iter().map(|&v| size[v]).sum();
        let free = (extent - total) / (column.len() + 1) as f32;
        let mut at = 0.0;
        for &vertex in column {
            at += free;
            place[vertex] = at + size[vertex] / 2.0;
            at += size[vertex];
        }
    }
    for pass in 0..PASSES {
        let count = layers.columns.len();
        for step in 0..count {
            let forth = pass % 2 == 0;
            let column = &layers.columns[if forth { step } else { count - 1 - step }];
            let near = if forth { &layers.before } else { &layers.after };
            let wanted: Vec<f32> = column
                .iter()
                .map(|&vertex| {
                    let near = &near[vertex];
                    let sum: f32 = near.iter().map(|&v| place[v]).sum();
                    if near.is_empty() { place[vertex] } else { sum / near.len() as f32 }
                })
                .collect();
            let total: f32 = column.iter().map(|&v| size[v]).sum();
            let gap = gap.min((extent - total) / column.len().max(1) as f32).max(0.0);
            spread(column, &wanted, size, gap, extent, &mut place);
        }
    }
    place
}

/// Puts a column as near to the wanted places as order, gaps and bounds allow: half-way between the two
/// solutions that push everything down and everything up.
fn spread(column: &[usize], wanted: &[f32], size: &[f32], gap: f32, extent: f32, place: &mut [f32]) {
    let mut down: Vec<f32> = Vec::with_capacity(column.len());
    let mut least = 0.0f32;
    for (&vertex, &want) in column.iter().zip(wanted) {
        let middle = want.max(least + size[vertex] / 2.0);
        down.push(middle);
        least = middle + size[vertex] / 2.0 + gap;
    }
    let clamp = |middles: &mut [f32]| {
        let mut most = extent;
        for (middle, &vertex) in middles.iter_mut().zip(column).rev() {
            *middle = middle.min(most - size[vertex] / 2.0);
            most = *middle - size[vertex] / 2.0 - gap;
        }
        let mut least = 0.0f32;
        for (middle, &vertex) in middles.iter_mut().zip(column) {
            *middle = middle.max(least + size[vertex] / 2.0);
            least = *middle + size[vertex] / 2.0 + gap;
        }
    };
    let mut up = wanted.to_vec();
    clamp(&mut up);
    clamp(&mut down);
    for ((&vertex, up), down) in column.iter().zip(&up).zip(&down) {
        place[vertex] = (up + down) / 2.0;
    }
}
