//! A table of numbers.

use yew::prelude::*;

use crate::view;

/// The numbers of a picture.
pub fn table(table: view::Table) -> Html {
    let row = |row: Vec<String>| {
        html! { <tr>{for row.into_iter().map(|text| html! { <td>{text}</td> })}</tr> }
    };
    html! {
        <div class="scroll" tabindex="0">
            <table>
                <thead>
                    <tr>{for table.head.into_iter().map(|text| html! { <th scope="col">{text}</th> })}</tr>
                </thead>
                <tbody>{for table.rows.into_iter().map(row)}</tbody>
            </table>
        </div>
    }
}
