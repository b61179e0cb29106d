"""Strokes to measure the grader by, made by seeded hands."""
