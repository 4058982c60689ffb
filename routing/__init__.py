"""Which department, not which URL: from a citizen's words to a category, a place and an agency.

Pure judgement: values in, values out. The files in data/ are read by app/knowledge.py and passed in.
"""
