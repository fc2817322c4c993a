//! The words by which the reader knows what is measured, and which way it went.

/// Nouns that name what is measured.
pub(super) const HEADS: &str = "exports export imports import remittances remittance inflows outflows deficit surplus balance gdp \
inflation cpi output production sales revenue revenues collection collections receipts reserves debt trade investment fdi \
jobs payrolls employment unemployment wages earnings index prices income turnover shipments deposits loans credit borrowing \
spending expenditure budget tax taxes gst sector industry expenditures profits profit orders workers arrivals product";
/// Words that end a name.
pub(super) const STOPS: &str = "the a an of in to for from by with and or its their his this that these has have had was were is are be \
been total overall at on as it which while but up down rose fell grew increased decreased declined stood reached hit recorded \
registered surged jumped dropped than over under about around nearly almost some during compared against also said monthly \
record highest lowest new historic unprecedented revised previous last current year month corresponding same into momentum \
growth increase decrease decline rise fall drop surge jump target exceeding exceeded crossed surpassing surpassed amounted \
totalled totaled negative positive growing rising falling towards after before since until more less its being will would \
cumulative seasonally adjusted annual rate value worth goods-and whose when where per cent percent share emerged frontrunner";
pub(super) const DOWN: &str = "fell fall falls fallen falling decline declined declines declining decrease decreased decreases drop \
dropped drops dropping down lower contracted contraction shrank slid slipped slumped plunged negative reduction loss fewer tumbled tumbling tumbles shed dipped dipping retreated reduced shrinking shrinks slumping plunging \
plummeted plummeting slipping sliding sank sinking contracting contracts lost losing";
pub(super) const UP: &str = "rose rise rises risen rising increase increased increases increasing grew grow grows growth growing surge \
surged surging jump jumped jumping up higher gain gained climbed climb expanded expansion advanced soared improved improvement \
more uptick hike climbing advancing expanding gaining gains surges jumps climbs soaring rebounded rebounding \
recovered swelled ballooned rocketed skyrocketed greater";
/// Nouns of a change: "an increase in", "growth of".
pub(super) const MOVES: &str = "increase increases decrease decreases growth rise fall decline drop surge jump gain loss contraction \
expansion reduction uptick hike slump dip climb improvement deterioration narrowing widening slowdown change";
/// Nouns of a size: "the value of exports".
pub(super) const SIZES: &str =
    "value volume volumes level levels amount number size total quantity worth rate pace";
/// What is not the quantity itself but something of it: "the price of exports".
pub(super) const ASPECTS: &str = "price prices cost costs number numbers share shares proportion part half third quarter majority bulk \
most volume volumes quantity quantities ratio percentage rest remainder most fraction pace";
/// Prepositions that narrow a name.
pub(super) const NARROWS: &str =
    "in at by for to from excluding including except via within under through outside ex";
/// Words that stand between a name and what makes it a subject or an object.
pub(super) const ADJECTIVES: &str = "the a an its their his this these those total overall all both monthly annual quarterly yearly \
cumulative record higher lower rising falling growing declining increasing decreasing strong weak stronger weaker \
highest lowest negative positive new revised";
/// Prepositions.
pub(super) const PARTICLES: &str = "of in to from by for on against than over per including into at between under versus above below \
via through excluding among without despite within amid amidst after before since behind";
/// Verbs and the like whose object is a name.
pub(super) const OBJECTS: &str = "exceeded exceeding crossed surpassed surpassing reached reaching reflecting driving boosting lifting \
pushing pulling helping outpacing outpaced offsetting offset showing shows showed recorded recording registered registering \
posted posting narrowed widened reduced increased decreased marking amid financing financed financing less minus plus covers covered \
gives gave contains lists presents lifted drove";
/// Words by which a rate is one of growth.
pub(super) const GROWTH: &str = "growth grew grow grows growing increase increases decrease decreases decline declines contraction \
expansion fall rise drop";
/// Words of what has not happened yet.
pub(super) const EXPECTED: &str = "expected expects expect forecast forecasts forecasted projected projects projection projections \
predicted predicts will would could likely anticipated anticipates targeted budgeted aims";
/// Verbs of reports.
pub(super) const REPORTS: &str =
    "said says say reported reports announced noted added stated showed shows show indicated revealed";
/// Words that cannot be what is measured: verbs, adverbs, relations of time.
pub(super) const NEUTRAL: &str = "which who it he they she we there here therefore thus however meanwhile also too even only still \
again both each alone respectively followed following marking showing recording registering representing reflecting posting \
making bringing taking leaving reaching hitting totalling totaling amounting standing coming comparison versus period \
periods year years yoy mom qoq months quarter quarters quarterly yearly annually half basis terms earlier ago later next \
first second third fourth ended ending end come came comes ran run level levels figure figures number amount amounts sum mark \
threshold size pace volume volumes quantity constitutes constitute constituting equal equivalent equals accounted account \
accounts accounting comprising because due thanks if although though whereas or nor so when after of among between per via \
within without through across including excluding average averaging averaged mean nominal real gross net unadjusted \
preliminary provisional provisionally estimated final fiscal financial calendar strong sharp modest moderate significant \
considerable substantial further another slight steep robust solid healthy large larger small smaller big bigger huge \
massive whopping times percentage point points post posted seen saw see witnessed marked marks make made makes took take \
takes went gone go goes got get gets did does do done not no remained remain remains stayed kept continued continue \
narrowed narrowing widened widening worsened deteriorated eased easing slowed slowing accelerating moderated shed lost lose \
beat exceed crossed touch touched clocked settled earned fetched brought bring helped driven boosted supported led lifted \
backed fuelled january february march april may june july august september october november december respect similar period's \
one two three four five six seven eight nine ten eleven twelve nearby approximately roughly above below crossing topped \
topping least most other upward downward pre-pandemic thereby mainly marginal exactly just today yesterday according \
doubled tripled quadrupled fourfold threefold twofold covered covering covers exhibiting held valued records registers posts hits reaches reach stands remains rises falls totals amounts exceeds crosses \
beating beats broad flat unchanged wide narrow narrower wider mn bn trillion billion million crore lakh thousand time times rapid better \
worse best worst faster slower stronger weaker early late throughout annualised annualized both either down again ever";
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
