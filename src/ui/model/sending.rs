//! What the dialog shows that sends what runs.

use crate::link::Link;
use crate::session::{FaultButton, Record};
use crate::ui::model::content::Content;
use crate::view::{self, QrCode};

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// The link; none where the run is too large for one.
    pub address: Option<String>,
    /// Its QR code; none where it is too long for one.
    pub code: Option<QrCode>,
    /// Whether it was copied; none: nobody has tried.
    pub copied: Option<bool>,
}

impl Sending {
    /// What runs at this moment, as a link to the page at this address; none where nothing runs.
    pub fn of(content: &Content, page: &str) -> Option<Sending> {
        let (title, record) = content.recording()?;
        let buttons = content.run()?.faults.clone();
        let address = link(title, record, buttons).write().map(|fragment| [page, &fragment].concat());
        let code = address.as_deref().and_then(view::qr_code);
        Some(Sending { address, code, copied: None })
    }
}

/// What runs, as a link holds it. Of a title and of buttons only what its scenarios do not say themselves: so whoever
/// reads another language has it in that.
fn link(title: String, record: Record, buttons: Vec<FaultButton>) -> Link {
    let scenarios = record.variants.iter().map(|variant| variant.scenario.clone()).collect();
    let mut link = Link { title, buttons, record };
    if let Ok(page) = view::scenario_page(scenarios) {
        if link.title == page.title {
            link.title.clear();
        }
        if link.buttons == page.faults {
            link.buttons.clear();
        }
    }
    link
}
