//! The words by which the reader knows what is measured, and which way it went.

/// Nouns that name what is measured.
pub(super) const HEADS: &str = "exports export imports import remittances remittance inflows outflows deficit surplus balance gdp \
inflation cpi output production sales revenue revenues collection collections receipts reserves debt trade investment fdi \
jobs payrolls employment unemployment wages earnings index prices income turnover shipments deposits loans credit borrowing \
spending expenditure budget tax taxes gst sector industry expenditures profits profit orders workers arrivals";
/// Words that end a name.
pub(super) const STOPS: &str = "the a an of in to for from by with and or its their his this that these has have had was were is are be \
been total overall at on as it which while but up down rose fell grew increased decreased declined stood reached hit recorded \
registered surged jumped dropped than over under about around nearly almost some during compared against also said monthly \
record highest lowest new historic unprecedented revised previous last current year month corresponding same into momentum \
growth increase decrease decline rise fall drop surge jump target exceeding exceeded crossed surpassing surpassed amounted \
totalled totaled negative positive growing rising falling towards after before since until more less its being will would \
cumulative seasonally adjusted annual rate value worth goods-and whose when where per cent percent share emerged frontrunner";
pub(super) const DOWN: &str = "fell fall falls fallen falling decline declined declines declining decrease decreased decreases drop \
dropped drops dropping down lower contracted contraction shrank slid slipped slumped plunged negative reduction loss fewer";
pub(super) const UP: &str = "rose rise rises risen rising increase increased increases increasing grew grow grows growth growing surge \
surged surging jump jumped jumping up higher gain gained climbed climb expanded expansion advanced soared improved improvement \
more accelerated widened uptick hike";
pub(super) const OVER: [&str; 12] = [
    "over",
    "than",
    "above",
    "crossed",
    "crossing",
    "surpassing",
    "surpassed",
    "exceeding",
    "exceeded",
    "least",
    "topped",
    "topping",
];
pub(super) const NEARLY: [&str; 4] = ["nearly", "almost", "under", "below"];
pub(super) const ABOUT: [&str; 6] = ["around", "about", "approximately", "roughly", "some", "nearby"];

pub(super) fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}
