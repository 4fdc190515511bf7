//! All canvases of the page: they come and go with it, and know their sizes.

use crate::ui::canvas::sizes::{CHARTS, STAGES, Sizes};
use crate::ui::canvas::surface::{SizeWatch, Surface};
use crate::ui::platform::browser::window;

/// The canvases of the page.
pub struct Canvases {
    /// The stages, A first.
    pub stages: [Surface; STAGES],
    /// The charts; those that are not shown have no canvas.
    pub charts: [Surface; CHARTS],
    /// The line of what has happened.
    pub timeline: Surface,
    /// The chosen trace.
    pub waterfall: Surface,
    /// The chart of a curve that is guessed.
    pub curve: Surface,
    /// How many pixels of the page one of a picture is.
    larger: f32,
    watch: Option<SizeWatch>,
}

impl Canvases {
    /// No canvas yet. `on_resize` is called after one has changed its size.
    pub fn new(on_resize: impl FnMut() + 'static) -> Canvases {
        Canvases {
            stages: std::array::from_fn(|_| Surface::new()),
            charts: std::array::from_fn(|_| Surface::new()),
            timeline: Surface::new(),
            waterfall: Surface::new(),
            curve: Surface::new(),
            larger: 1.0,
            watch: SizeWatch::new(on_resize),
        }
    }

    /// Takes the canvases that the page has now.
    pub fn attach(&mut self) {
        let Some(watch) = self.watch.take() else { return };
        for surface in self.surfaces() {
            surface.attach(watch.observer());
        }
        self.watch = Some(watch);
    }

    /// From now on a pixel of a picture is `larger` times one of the page.
    pub fn enlarge(&mut self, larger: f32) {
        self.larger = larger;
    }

    /// Reads the canvases' sizes; true if one of them was cleared.
    pub fn measure(&mut self) -> (Sizes, bool) {
        let (scale, larger) = (window().device_pixel_ratio(), self.larger);
        let mut cleared = false;
        for surface in self.surfaces() {
            cleared |= surface.measure(scale, larger);
        }
        let sizes = Sizes {
            stages: std::array::from_fn(|at| self.stages[at].size()),
            charts: std::array::from_fn(|at| self.charts[at].size()),
            timeline: self.timeline.size(),
            waterfall: self.waterfall.size(),
            curve: self.curve.size(),
            larger,
        };
        (sizes, cleared)
    }

    fn surfaces(&mut self) -> impl Iterator<Item = &mut Surface> {
        self.stages.iter_mut().chain(&mut self.charts).chain([
            &mut self.timeline,
            &mut self.waterfall,
            &mut self.curve,
        ])
    }
}
