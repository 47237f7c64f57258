"""Exam questions: templates, scoring, papers and exporters."""
