//! The whole of Say-so in real browsers: `cargo xtask test --only browsers`.

use std::process::ExitCode;

use say_so_tests::{run, scenarios};

mod access;
mod adoption;
mod answers;
mod bases;
mod before;
mod bundles;
mod consent;
mod dialogs;
mod directions;
mod documents;
mod endpoints;
mod errors;
mod experiments;
mod failures;
mod floor;
mod focus_traps;
mod foreign;
mod formats;
mod frames;
mod gates;
mod globals;
mod guest;
mod held;
mod hostile;
mod keyboard;
mod languages;
mod launchers;
mod loading;
mod looks;
mod moments;
mod one_click;
mod page_events;
mod page_lives;
mod page_script;
mod pages;
mod place;
mod policies;
mod promises;
mod receivers;
mod report;
mod site_files;
mod steps;
mod studio;
mod switches;
mod tag;
mod taps;
mod trap;
mod trap_cases;
mod traps;
mod verdict;
mod visit;
mod wasm;

fn main() -> ExitCode {
    run(&scenarios![
        one_click::{
            a_click_makes_a_row, another_kind, off, what_we_send, undo, undo_that_fails, undo_what_first_aid_posted,
            on_another_page, on_another_page_in_first_aid, nothing_unsaid, undone_after_all, undo_without_what_was_wrong,
        },
        errors::{empty, too_long in Chromium, name_too_long in Chromium, email_wrong in Chromium, reply_without_email, all_at_once in Chromium},
        keyboard::{the_whole_way, escape_keeps_the_words, the_close_button, keys_stay_inside},
        hostile::{each_in_turn in Chromium, markup in Chromium, bidi in Chromium, emoji, lone_surrogates, four_thousand_characters in Chromium, four_thousand_and_one, a_name in Chromium, keys},
        failures::{
            down, slow, the_answer_is_lost, forbidden, unprocessable in Chromium, server_error, busy, full in Chromium, for_days in Chromium, a_page_instead, not_ok in Chromium,
            a_foreign_origin, the_click_before_the_words, double_click, edited_before_trying_again in Chromium,
        },
        formats::{webhook, nothing_added in Chromium, form, form_without_what_is_too_long in Chromium, form_that_leads_to_a_page},
        launchers::{
            inline, inline_again in Chromium, own_elements, a_kind_is_only_chosen in Chromium, nothing_to_close, closed_at_once,
            a_custom_element,
        },
        taps::{
            on_the_launcher, by_touch, on_a_trigger, on_close, on_labels, on_send, on_a_kind, the_question_ends, held_keys,
        },
        guest::{behind_the_panel, behind_a_confirmation, the_button_can_be_hidden, hidden_before_the_sites_words},
        tag::{
            an_unknown_setting in Chromium, a_malformed_value in Chromium, no_endpoint in Chromium, shadowed, twice in Chromium, twice_with_other_settings in Chromium,
            before_the_body, after_loading, without_tls, a_strict_policy, touches_nothing, comes_back, prefetch,
        },
        adoption::{while_typing, while_composing in Chromium, refused_by_the_policy},
        moments::{
            nothing_chosen, a_click_under_way, a_click_that_fails, errors, errors_that_were_mended in Chromium,
            another_page in Chromium, a_kind_of_the_page in Chromium, send_pressed,
            send_pressed_before_a_late_file, first_aid_posts, not_kept,
        },
        foreign::{an_element, a_translator, a_translator_of_its_own_words, taken_out, moved, later},
        traps::{at_start, before_it_is_opened, choosing, another_kind, sending, trying_again},
        trap_cases::{
            the_answer_under_way, before_the_post, behind_an_older_answer, in_a_callback, in_a_callback_of_sending, behind_the_confirmation,
        },
        wasm::{
            missing, broken, cut_short, truncated, wrong_hash, wrong_type, unknown in Chromium, blocked in Chromium, another in Chromium, half_the_glue,
            no_glue, no_first_aid,
        },
        looks::{phone, zoomed, narrow, without_scrolling, the_box_grows, text_size in Chromium, nothing_moves, a_click_moves_nothing, theme},
        access::{light, dark, arabic, arabic_dark, inline, tree in Chromium},
        languages::{
            choice, no_jump, no_english_before_it, no_english_at_all in Chromium, late_words in Chromium, english_to_the_end in Chromium, english_after_a_second in Chromium, missing,
            cut, of_another_length in Chromium, a_page_instead in Chromium, in_a_hidden_tab in Chromium, a_label_that_stays in Chromium,
        },
        switches::{closed in Chromium, while_loading in Chromium, in_first_aid, in_the_panel, after_the_confirmation in Chromium, back_and_forth in Chromium, while_sending in Chromium, the_last_of_two in Chromium},
        directions::{sides, a_latin_name_in_first_aid, a_latin_name_in_the_panel, arabic_words},
        site_files::{
            by_address, by_id in Chromium, without_wasm in Chromium, where_it_fails in Chromium, where_it_fails_without_wasm in Chromium, in_another_language in Chromium,
            unsound_words in Chromium, a_text_for_a_language in Chromium, unsound_files, unsound_hours, missing in Chromium, a_kind_before_it,
        },
        promises::{
            working_days, in_another_language, none in Chromium, a_clock_ahead, a_clock_behind in Chromium, a_correction_that_is_cut_off in Chromium,
            a_correction_behind_the_next_message in Chromium, a_clock_that_stays_wrong in Chromium, a_clock_known_by_the_click in Chromium,
        },
        answers::{
            of_the_endpoint in Chromium, added_before_the_answer in Chromium, left_as_they_arrived in Chromium, taken_back, not_taken_back, refused in Chromium, quoted in Chromium, answered_after_all, not_answered_yet in Chromium,
            closed_while_quoted in Chromium, closed_while_taken_back in Chromium, closed_while_sending in Chromium, not_to_be_quoted in Chromium, copies,
            in_no_language,
        },
        experiments::{
            over_the_sites_words in Chromium, nothing_else_said in Chromium, without_wasm in Chromium, another_language in Chromium, unsound in Chromium, shares, ends,
            preview,
        },
        steps::{counted_once in Chromium | Firefox, own_endpoint in Chromium, nothing_kept, remembered, by_visitor in Chromium, too_late in Chromium, chosen_before in Chromium, opened_for_them in Chromium, seen},
        pages::{index, inline in Chromium, trigger in Chromium},
        report::{by_keyboard, clean in Chromium, useful},
        studio::{from_words_to_the_demo in Chromium, nothing_is_lost in Chromium, opened_again in Chromium, weights in Chromium, mended in Chromium, tried in Chromium, offline in Chromium, clean in Chromium, sample in Firefox | WebKit},
        endpoints::{
            unsure, tries_again, three_times in Chromium, a_click_tries_again in Chromium, a_policy, offline, unreadable, handed_over, after_a_trap,
        },
        receivers::{
            formspree in Chromium, netlify in Chromium, apps_script in Chromium, slack in Chromium, discord in Chromium,
            redirects in Chromium, answers in Chromium, unreadable in Chromium, closed in Chromium,
        },
        page_events::{
            none_reaches_the_page in Chromium | Firefox, no_kind_reaches_the_page, shortcuts in Chromium, captured_shortcuts in Chromium, wheel_and_finger in Chromium,
            nobody_can_type in Chromium | Firefox,
            clipboard in Chromium,
        },
        page_lives::{
            exchanged in Chromium, taken_out in Chromium, tag_again in Chromium, turbo in Chromium | Firefox, htmx in Chromium, react,
        },
        page_script::{libraries in Chromium, promises in Chromium, by_hand in Chromium, names, inline in Chromium},
        globals::{each_in_turn in Chromium},
        loading::{markup in Chromium, by_script in Chromium, more_than_once in Chromium, sample in Firefox | WebKit},
        bundles::{inlined in Chromium},
        consent::{waiting in Chromium, optimised in Chromium},
        documents::{kinds in Chromium, encodings in Chromium, others in Chromium, sample in Firefox | WebKit},
        bases::{elsewhere in Chromium, moved in Chromium},
        frames::{sandboxes in Chromium, without_address in Chromium, sandboxed in Firefox},
        policies::{served in Chromium},
        place::{transforms in Chromium, zoomed in Chromium, rules in Chromium, layers in Chromium, fullscreen in Chromium},
        dialogs::{modal in Chromium, opened_inside in Chromium, sample in Firefox | WebKit},
        before::{print in Chromium, forced_colours in Chromium, names in Chromium, keys},
        floor::{silent in Chromium, without_popovers},
        focus_traps::{bootstrap, radix in Chromium, focus_trap in Chromium, polling in Chromium, native in Chromium},
    ])
}
